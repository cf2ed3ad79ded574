using System.Globalization;
using Sourcing.Data.Imports;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Web.Imports;

/// <summary>A mapping while somebody works on it.</summary>
public sealed class MappingDraft(MappingDefinition from)
{
    private readonly Dictionary<string, string> _constants = new(from.Constants);

    /// <summary>Field key to the head of its column.</summary>
    public Dictionary<string, string> Columns { get; } = new(from.Columns);

    public List<CellRule> Rules { get; } = [.. from.Rules];

    public DecimalSign Decimal { get; set; } = from.Decimal;

    public DateOrder Dates { get; set; } = from.Dates;

    /// <summary>The day of a list of weeks; null for as its heads show.</summary>
    public DateOnly? ListDay { get; private set; } = from.ListDay;

    /// <summary>What it is now.</summary>
    public MappingDefinition Definition => @from with { Columns = new(Columns), Constants = new(_constants), Rules = [.. Rules], Decimal = Decimal, Dates = Dates, ListDay = ListDay };

    /// <summary>Sets the day of the list, as a date field writes it; empty for none.</summary>
    public void Say(string? listDay) => ListDay = DateOnly.TryParseExact(listDay, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The text that every row has in a field; empty for none.</summary>
    public string Constant(string field) => _constants.GetValueOrDefault(field, "");

    /// <summary>Gives a field a column, which no other field keeps; an empty head takes it away.</summary>
    public void Take(string field, string head)
    {
        Columns.Remove(field);
        if (head.Length > 0)
        {
            foreach (var other in Columns.Where(c => c.Value == head).Select(c => c.Key).ToList())
            {
                Columns.Remove(other);
            }

            Columns[field] = head;
            _constants.Remove(field);
        }
    }

    /// <summary>Gives a field the same text in all rows.</summary>
    public void Say(string field, string text)
    {
        _constants.Remove(field);
        if (text.Trim().Length > 0)
        {
            _constants[field] = text.Trim();
        }
    }
}
