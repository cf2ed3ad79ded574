using System.Globalization;
using System.Text;
using System.Text.Json;
using Sourcing.Data.Imports.Kinds;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Data.Imports;

/// <summary>
/// Reads the cells of a week grid, which are one field of the row: a list of spans with their quantities, kept as JSON
/// (<c>[{"no":1,"head":"Week 37","day":"2026-09-07","word":"week","quantity":120.5}]</c>), shown and mended as "Week 37: 120.5; Week 38: 90".
/// </summary>
internal sealed class PeriodParser
{
    private readonly IReadOnlyList<(PeriodHead Head, DateOnly? Day, string Name, CellParser Cell)> _columns;
    private readonly CopyText _value = new();
    private readonly ImportField _field;

    /// <param name="uploaded">The day on which the file came.</param>
    /// <exception cref="Common.RefusedException">The heads do not say which days they are.</exception>
    public PeriodParser(ImportField field, MappingDefinition mapping, FileProfile profile, DateOnly uploaded)
    {
        _field = field;
        var group = profile.Groups.FirstOrDefault(g => g.Name == mapping.Columns.GetValueOrDefault(field.Key));
        var columns = (group?.Columns ?? []).Select(c => (Column: c, Head: PeriodHead.Read(profile.Columns[c].Name)!)).ToList();
        var days = PeriodCalendar.Days([.. columns.Select(c => c.Head)], mapping.Dates, mapping.ListDay, uploaded);
        var number = field with { Type = FieldType.Number, Required = false };
        _columns = [.. columns.Select((c, i) => (c.Head, days[i], c.Head.Text, new CellParser(number, mapping, profile, c.Column)))];
    }

    /// <summary>Cells to which each rule of the mapping applied.</summary>
    public long Applied(int rule) => _columns.Sum(c => c.Cell.Applied.GetValueOrDefault(rule));

    /// <summary>The row's cells in one text; empty where all are.</summary>
    public string Text(TableReader reader)
    {
        var text = new StringBuilder();
        foreach (var (_, _, name, cell) in _columns)
        {
            var value = reader.Cell(cell.Column).Trim();
            if (value.Length > 0)
            {
                text.Append(text.Length == 0 ? "" : "; ").Append(name).Append(": ").Append(value);
            }
        }

        return text.ToString();
    }

    /// <summary>Reads a row's cells.</summary>
    /// <param name="problems">Takes what is wrong with them.</param>
    public void Read(TableReader reader, CopyText copy, List<Problem> problems)
    {
        var json = new StringBuilder();
        for (var i = 0; i < _columns.Count; i++)
        {
            Add(json, i, reader.Cell(_columns[i].Cell.Column), reader.IsNumber(_columns[i].Cell.Column), problems);
        }

        Close(json, copy);
    }

    /// <summary>Reads what somebody typed.</summary>
    public void Read(string text, CopyText copy, List<Problem> problems)
    {
        var typed = Split(text);
        var json = new StringBuilder();
        for (var i = 0; i < _columns.Count; i++)
        {
            Add(json, i, typed.GetValueOrDefault(_columns[i].Name, ""), isNumber: false, problems);
        }

        problems.AddRange(typed.Keys.Where(k => _columns.All(c => !c.Name.Equals(k, StringComparison.OrdinalIgnoreCase)))
            .Select(k => new Problem(_field.Key, $"There is no column “{k}”", "Write it like “Week 37: 120; Week 38: 90”, with the heads of the file.")));
        Close(json, copy);
    }

    /// <summary>The text that was typed for single columns, by head.</summary>
    public static IReadOnlyDictionary<string, string> Split(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = part.LastIndexOf(':');
            parts[(cut < 0 ? part : part[..cut]).Trim()] = cut < 0 ? "" : part[(cut + 1)..].Trim();
        }

        return parts;
    }

    /// <summary>The kept form as people read it.</summary>
    public static string Show(string json)
    {
        if (json.Length == 0 || json[0] != '[')
        {
            return json;
        }

        using var document = JsonDocument.Parse(json);
        return string.Join("; ", document.RootElement.EnumerateArray().Select(e => (Head: e.GetProperty("head").GetString(), Quantity: e.GetProperty("quantity").GetDecimal())).Where(e => e.Quantity != 0)
            .Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Head}: {e.Quantity:0.######}")));
    }

    private void Add(StringBuilder json, int index, ReadOnlySpan<char> text, bool isNumber, List<Problem> problems)
    {
        var (head, day, name, cell) = _columns[index];
        _value.Length = 0;
        if (cell.Read(text, isNumber, _value) is { } problem)
        {
            problems.Add(problem with { Message = $"{name}: {problem.Message}", Use = null });
        }

        var quantity = _value.Memory.Span is "\\N" ? "0" : _value.Memory.Span;
        json.Append(json.Length == 0 ? "[" : ",").Append(CultureInfo.InvariantCulture, $"{{\"no\":{index + 1},\"head\":\"").Append(JsonEncodedText.Encode(name))
            .Append("\",\"day\":").Append(day is null ? "null" : $"\"{day:yyyy-MM-dd}\"").Append(",\"word\":\"").Append(Common.Words.Snake(head.Word.ToString())).Append("\",\"quantity\":").Append(quantity).Append('}');
    }

    private static void Close(StringBuilder json, CopyText copy)
    {
        if (json.Length == 0)
        {
            copy.Null();
        }
        else
        {
            copy.Escaped(json.Append(']').ToString());
        }
    }
}
