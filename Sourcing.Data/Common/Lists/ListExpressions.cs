using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using System.Text.Json;

namespace Sourcing.Data.Common.Lists;

/// <summary>Builds order, key set and sums as expressions that the database runs.</summary>
internal static class ListExpressions
{
    internal sealed record CurrencySum
    {
        public string Currency { get; init; } = "";
        public decimal Sum { get; init; }
    }

    /// <summary>The selector as something that has a total order: no nulls, choices by their text.</summary>
    public static LambdaExpression SortKey(LambdaExpression selector)
    {
        var body = selector.Body;
        var type = Nullable.GetUnderlyingType(body.Type) ?? body.Type;
        if (type.IsEnum)
        {
            body = Expression.Convert(Expression.Convert(body, typeof(object)), typeof(string));
        }
        else if (type == typeof(bool))
        {
            body = Expression.Condition(body, Expression.Constant(1), Expression.Constant(0));
        }
        else if (body.Type != type)
        {
            body = Expression.Coalesce(body, Expression.Constant(Lowest(type), type));
        }
        else if (type == typeof(string))
        {
            body = Expression.Coalesce(body, Expression.Constant(""));
        }

        return Expression.Lambda(body, selector.Parameters);
    }

    public static IQueryable<TRow> Ordered<TRow>(IQueryable<TRow> rows, LambdaExpression sort, Expression<Func<TRow, Guid>> id, bool descending)
    {
        var method = descending ? nameof(Queryable.OrderByDescending) : nameof(Queryable.OrderBy);
        var call = Expression.Call(typeof(Queryable), method, [typeof(TRow), sort.Body.Type], rows.Expression, Expression.Quote(sort));
        var ordered = (IOrderedQueryable<TRow>)rows.Provider.CreateQuery<TRow>(call);
        return descending ? ordered.ThenByDescending(id) : ordered.ThenBy(id);
    }

    /// <summary>Rows beyond the cursor in the given direction: key at or beyond, and either key or id truly beyond.</summary>
    public static Expression<Func<TRow, bool>> Beyond<TRow>(LambdaExpression sort, Expression<Func<TRow, Guid>> id, string cursor, bool descending)
    {
        var (text, lastId) = Read(cursor);
        var row = sort.Parameters[0];
        var key = sort.Body;
        var last = Parameter(Parse(text, key.Type), key.Type);
        var rowId = new Swap(id.Parameters[0], row).Visit(id.Body);
        var idBeyond = Compare(rowId, Parameter(lastId, typeof(Guid)), descending, orEqual: false);
        var body = Expression.AndAlso(
            Compare(key, last, descending, orEqual: true),
            Expression.OrElse(Compare(key, last, descending, orEqual: false), idBeyond));
        return Expression.Lambda<Func<TRow, bool>>(body, row);
    }

    public static Func<TRow, string> CursorOf<TRow>(LambdaExpression sort, Expression<Func<TRow, Guid>> id)
    {
        // In memory an enum has to be turned into the text that the database sorts by.
        var body = sort.Body is UnaryExpression { Operand: UnaryExpression { Operand: var value } } && value.Type.IsEnum
            ? Expression.Call(typeof(Words).GetMethod(nameof(Words.Snake))!, Expression.Call(value, nameof(ToString), null))
            : sort.Body;
        var key = Expression.Lambda<Func<TRow, object?>>(Expression.Convert(body, typeof(object)), sort.Parameters).Compile();
        var read = id.Compile();
        return row => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new[] { Format(key(row)), read(row).ToString() }))
            .Replace('+', '-').Replace('/', '_').TrimEnd('=');
    }

    public static IQueryable<CurrencySum> SumByCurrency<TRow>(IQueryable<TRow> rows, LambdaExpression amount, Expression<Func<TRow, string>> currency)
    {
        var row = currency.Parameters[0];
        Expression value = new Swap(amount.Parameters[0], row).Visit(amount.Body);
        if (value.Type == typeof(decimal?))
        {
            value = Expression.Coalesce(value, Expression.Constant(0m));
        }

        var pair = Expression.Lambda<Func<TRow, CurrencySum>>(
            Expression.MemberInit(
                Expression.New(typeof(CurrencySum)),
                Expression.Bind(typeof(CurrencySum).GetProperty(nameof(CurrencySum.Currency))!, currency.Body),
                Expression.Bind(typeof(CurrencySum).GetProperty(nameof(CurrencySum.Sum))!, value)),
            row);
        return rows.Select(pair).GroupBy(p => p.Currency).Select(g => new CurrencySum { Currency = g.Key, Sum = g.Sum(p => p.Sum) });
    }

    /// <summary>A captured variable rather than a constant, so that the plan of the query is used again.</summary>
    public static Expression Parameter(object? value, Type type)
    {
        var holder = Activator.CreateInstance(typeof(Holder<>).MakeGenericType(type), value)!;
        return Expression.Property(Expression.Constant(holder), "Value");
    }

    public static Expression Compare(Expression left, Expression right, bool less, bool orEqual)
    {
        if (left.Type == typeof(string))
        {
            left = Expression.Call(typeof(string), nameof(string.Compare), null, left, right);
            right = Expression.Constant(0);
        }

        return (less, orEqual) switch
        {
            (true, true) => Expression.LessThanOrEqual(left, right),
            (true, false) => Expression.LessThan(left, right),
            (false, true) => Expression.GreaterThanOrEqual(left, right),
            (false, false) => Expression.GreaterThan(left, right),
        };
    }

    private static (string Key, Guid Id) Read(string cursor)
    {
        try
        {
            var padded = cursor.Replace('-', '+').Replace('_', '/');
            padded += new string('=', (4 - (padded.Length % 4)) % 4);
            var parts = JsonSerializer.Deserialize<string[]>(Encoding.UTF8.GetString(Convert.FromBase64String(padded)))!;
            return (parts[0], Guid.Parse(parts[1]));
        }
        catch (Exception fault) when (fault is FormatException or JsonException or IndexOutOfRangeException or ArgumentNullException)
        {
            throw new RefusedException("The address points to a page that is not there. Start again from the first page.", fault);
        }
    }

    private static object Lowest(Type type) => type switch
    {
        _ when type == typeof(decimal) => decimal.MinValue / 1_000_000_000_000m,
        _ when type == typeof(int) => int.MinValue,
        _ when type == typeof(long) => long.MinValue,
        _ when type == typeof(double) => -1e300,
        _ when type == typeof(DateOnly) => new DateOnly(1, 1, 2),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(1, 1, 2, 0, 0, 0, TimeSpan.Zero),
        _ => throw new ArgumentException($"A list cannot be sorted by {type}."),
    };

    private static string Format(object? value) => value switch
    {
        null => "",
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static object Parse(string text, Type type)
    {
        try
        {
            return type switch
            {
                _ when type == typeof(string) => text,
                _ when type == typeof(Guid) => Guid.Parse(text),
                _ when type == typeof(DateOnly) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture),
                _ when type == typeof(DateTimeOffset) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture),
                _ => Convert.ChangeType(text, type, CultureInfo.InvariantCulture),
            };
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw new RefusedException("The address points to a page that is not there. Start again from the first page.", fault);
        }
    }

    private sealed record Holder<T>(T Value);

    internal sealed class Swap(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
