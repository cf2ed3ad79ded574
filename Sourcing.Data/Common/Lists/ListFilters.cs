using System.Globalization;
using System.Linq.Expressions;

namespace Sourcing.Data.Common.Lists;

/// <summary>Turns the text of a filter in the address into a condition, or refuses it by the column's name.</summary>
internal static class ListFilters
{
    public static Expression<Func<TRow, bool>> Parse<TRow>(ListField<TRow> field, string raw)
    {
        var row = field.Selector.Parameters[0];
        var body = field.Kind switch
        {
            FieldKind.Text or FieldKind.Code => Contains(field.Selector.Body, raw),
            FieldKind.Choice => In(field, raw),
            FieldKind.Flag => Expression.Equal(field.Selector.Body, Expression.Constant(raw == "yes")),
            _ => Between(field, raw),
        };
        return Expression.Lambda<Func<TRow, bool>>(body, row);
    }

    private static Expression Contains(Expression text, string part) => Expression.Call(
        Expression.Call(Expression.Coalesce(text, Expression.Constant("")), nameof(string.ToLower), null),
        typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!,
        ListExpressions.Parameter(part.ToLowerInvariant(), typeof(string)));

    private static Expression In<TRow>(ListField<TRow> field, string raw)
    {
        if (field.Selector.Body.Type == typeof(string[]))
        {
            return Overlaps(field.Selector.Body, raw);
        }

        var type = field.Selector.Body.Type;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var words = raw.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var values = Array.CreateInstance(type, words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            var value = plain switch
            {
                { IsEnum: true } => Words.FromSnake(plain, words[i]),
                _ when plain == typeof(Guid) => Guid.TryParse(words[i], out var key) ? key : null,
                _ => words[i],
            };
            values.SetValue(value ?? throw new RefusedException($"{field.Title} has no value \"{words[i]}\". Choose it again."), i);
        }

        var contains = typeof(Enumerable).GetMethods().First(m => m.Name == nameof(Enumerable.Contains) && m.GetParameters().Length == 2);
        return Expression.Call(
            contains.MakeGenericMethod(type), ListExpressions.Parameter(values, typeof(IEnumerable<>).MakeGenericType(type)), field.Selector.Body);
    }

    // A column of several values: one of them is enough.
    private static Expression Overlaps(Expression column, string raw)
    {
        var words = raw.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Expression<Func<string[], string[], bool>> overlap = (column, wanted) => column.Any(value => wanted.Contains(value));
        var body = new ListExpressions.Swap(overlap.Parameters[0], column).Visit(overlap.Body);
        return new ListExpressions.Swap(overlap.Parameters[1], ListExpressions.Parameter(words, typeof(string[]))).Visit(body);
    }

    private static Expression Between<TRow>(ListField<TRow> field, string raw)
    {
        var dots = raw.IndexOf("..", StringComparison.Ordinal);
        var (from, to) = dots < 0 ? (raw, raw) : (raw[..dots], raw[(dots + 2)..]);
        var type = field.Selector.Body.Type;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        Expression body = Expression.Constant(true);
        if (from.Length > 0)
        {
            body = Expression.AndAlso(body, Expression.GreaterThanOrEqual(field.Selector.Body, ListExpressions.Parameter(Bound(field, plain, from, 0), type)));
        }

        if (to.Length > 0)
        {
            // A day as the upper bound of a moment means to its end.
            var moment = plain == typeof(DateTimeOffset);
            var bound = ListExpressions.Parameter(Bound(field, plain, to, moment ? 1 : 0), type);
            body = Expression.AndAlso(body, moment ? Expression.LessThan(field.Selector.Body, bound) : Expression.LessThanOrEqual(field.Selector.Body, bound));
        }

        return body;
    }

    private static object Bound<TRow>(ListField<TRow> field, Type type, string text, int addDays)
    {
        try
        {
            return type switch
            {
                _ when type == typeof(DateOnly) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                _ when type == typeof(DateTimeOffset) => new DateTimeOffset(
                    DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(addDays), TimeOnly.MinValue, TimeSpan.Zero),
                _ => Convert.ChangeType(text, type, CultureInfo.InvariantCulture),
            };
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            throw new RefusedException($"{field.Title}: \"{text}\" is not a {(type == typeof(DateOnly) || type == typeof(DateTimeOffset) ? "date like 2026-11-30" : "number")}.", fault);
        }
    }
}
