using System.Linq.Expressions;

namespace Sourcing.Data.Common.Lists;

/// <summary>What a column holds: decides alignment, format and the filter that is offered.</summary>
public enum FieldKind
{
    Text,
    Code,
    Number,
    Money,
    Percent,
    Date,
    Moment,
    Choice,
    Flag,
}

/// <summary>One value that a choice filter offers.</summary>
public sealed record Choice(string Value, string Text);

/// <summary>One column of a list: shown, sorted, filtered and exported by the same definition.</summary>
public sealed class ListField<TRow>
{
    internal ListField(string key, string title, FieldKind kind, LambdaExpression selector, Func<TRow, object?> value)
    {
        (Key, Title, Kind, Selector, Value) = (key, title, kind, selector, value);
    }

    /// <summary>The name in addresses and saved views: the row property in camel case.</summary>
    public string Key { get; }

    /// <summary>The head of the column.</summary>
    public string Title { get; }

    /// <inheritdoc cref="FieldKind"/>
    public FieldKind Kind { get; }

    /// <summary>The value of one row, as exported.</summary>
    public Func<TRow, object?> Value { get; }

    /// <summary>What a choice filter offers.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>False where sorting would read the whole table.</summary>
    public bool Sortable { get; init; } = true;

    /// <summary>False where no filter is offered.</summary>
    public bool Filterable { get; init; } = true;

    /// <summary>Not shown until chosen.</summary>
    public bool Hidden { get; init; }

    /// <summary>Summed under the list; needs <see cref="Currency"/>.</summary>
    public bool Totalled { get; init; }

    /// <summary>For money: the row's currency.</summary>
    public Expression<Func<TRow, string>>? Currency { get; init; }

    /// <summary>The unit beside a number ("kg", "days"), or null.</summary>
    public Func<TRow, string?>? Unit { get; init; }

    /// <summary>Decimals that are shown at most: fewer for figures that a plan works out than for those that people enter.</summary>
    public int MostDecimals { get; init; } = 8;

    /// <summary>Right-aligned with tabular figures.</summary>
    public bool Numeric => Kind is FieldKind.Number or FieldKind.Money or FieldKind.Percent;

    internal LambdaExpression Selector { get; }
}
