using System.Runtime.CompilerServices;
using System.Text.Json;
using Sourcing.Data.Imports.Kinds;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Data.Imports;

/// <summary>What a person said about a row: see <see cref="ImportRow"/>.</summary>
internal sealed record RowWord(IReadOnlyDictionary<string, string> Mended, bool Confirmed, bool TakenOut);

/// <summary>Turns the rows of a file into lines of the stage's COPY: id, row, state, aside, confirmed, cells, own, refers, then the fields.</summary>
internal sealed class RowParser
{
    private readonly CellParser[] _cells;
    private readonly PeriodParser?[] _grids;
    private readonly MappingDefinition _mapping;
    private readonly IReadOnlyDictionary<int, RowWord> _words;
    private readonly List<Problem> _problems = [];
    private readonly CopyText _values = new();
    private readonly ReadValues _read;
    private readonly ReadValues.Watcher?[] _watchers;
    private readonly string _keys;

    public RowParser(ImportRun run, ImportKind kind, FileProfile profile, IReadOnlyDictionary<int, RowWord> words, ReadValues read)
    {
        var mapping = run.Mapping;
        (_mapping, _words, _read, _keys) = (mapping, words, read, run.Id.ToString()[..28]);
        var heads = profile.Columns.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i);
        _watchers = [.. kind.Fields.Select(f => read.For(f.Key))];
        _cells = [.. kind.Fields.Select(f => new CellParser(f, mapping, profile, Column(f)))];
        _grids = [.. kind.Fields.Select(f => f.Type == FieldType.Periods ? new PeriodParser(f, mapping, profile, DateOnly.FromDateTime(run.CreatedAt.UtcDateTime)) : null)];

        int Column(ImportField field) => mapping.Columns.TryGetValue(field.Key, out var head) || (field.BracketOf is { } of && !mapping.Has(field.Key) && mapping.Columns.TryGetValue(of, out head))
            ? heads.GetValueOrDefault(head, -1) : -1;
    }

    /// <summary>Cells to which each rule of the mapping applied, by the rule's place.</summary>
    public IEnumerable<long> Applied => Enumerable.Range(0, _mapping.Rules.Count).Select(i => _cells.Sum(c => c.Applied.GetValueOrDefault(i)) + _grids.Sum(g => g?.Applied(i) ?? 0));

    /// <summary>Appends one row. A row whose mapped cells are all empty is set aside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Parse(TableReader reader, CopyText copy)
    {
        var word = _words.Count == 0 ? null : _words.GetValueOrDefault(reader.Row);
        CellRule? aside = null;
        string? refers = null;
        var empty = true;
        _problems.Clear();
        _values.Length = 0;
        for (var i = 0; i < _cells.Length; i++)
        {
            var cell = _cells[i];
            string? mended = null;
            var isMended = word?.Mended.TryGetValue(cell.Field.Key, out mended) == true;
            if (_grids[i] is { } grid)
            {
                empty &= !Read(grid, reader, mended);
                continue;
            }

            var text = isMended ? mended.AsSpan() : cell.Column < 0 ? cell.Constant : reader.Cell(cell.Column);
            empty &= cell.Column < 0 || text.IsWhiteSpace();
            _values.Tab();
            var from = _values.Length;
            if (cell.Read(text, !isMended && cell.Column >= 0 && reader.IsNumber(cell.Column), _values) is { } problem)
            {
                _problems.Add(problem);
            }

            _watchers[i]?.See(_values.Memory.Span[from..], reader.Row);
            aside ??= cell.SetAside;
            refers ??= cell.Refers;
        }

        _read.EndRow();
        var isAside = word?.TakenOut == true || empty || aside is not null;
        Head(reader, copy, word, isAside, Why(empty, aside), refers);
        copy.Plain(_values.Memory.Span);
        copy.EndLine();
    }

    // Whether the grid holds anything.
    private bool Read(PeriodParser grid, TableReader reader, string? mended)
    {
        _values.Tab();
        if (mended is not null)
        {
            grid.Read(mended, _values, _problems);
            return mended.Length > 0;
        }

        grid.Read(reader, _values, _problems);
        return grid.Text(reader).Length > 0;
    }

    private Problem? Why(bool empty, CellRule? aside) =>
        empty ? new("", "The row is empty", "")
        : aside is not null ? new(aside.Field, aside.Describe(key => _cells.First(c => c.Field.Key == key).Field.Title), "A rule of the mapping sets it aside.")
        : null;

    private void Head(TableReader reader, CopyText copy, RowWord? word, bool aside, Problem? why, string? refers)
    {
        if (why is not null)
        {
            _problems.Clear();
            _problems.Add(why);
        }

        copy.Plain(_keys);
        copy.Hex(reader.Row);
        copy.Tab();
        copy.Whole(reader.Row);
        copy.Tab();
        copy.Plain(aside ? "a" : _problems.Count > 0 ? "x" : "o");
        copy.Plain(aside ? "\tt\t" : "\tf\t");
        copy.Plain(word?.Confirmed == true ? "t\t" : "f\t");
        if (_problems.Count > 0)
        {
            copy.Escaped(JsonSerializer.Serialize(Texts(reader, word), ImportsMapping.Json));
            copy.Tab();
            copy.Escaped(JsonSerializer.Serialize(_problems, ImportsMapping.Json));
        }
        else
        {
            copy.Plain("\\N\t\\N");
        }

        copy.Tab();
        if (refers is null)
        {
            copy.Null();
        }
        else
        {
            copy.Escaped(refers);
        }
    }

    // What stood in the row, for the person who mends it.
    private Dictionary<string, string> Texts(TableReader reader, RowWord? word)
    {
        var texts = new Dictionary<string, string>();
        for (var i = 0; i < _cells.Length; i++)
        {
            var cell = _cells[i];
            var text = word?.Mended.GetValueOrDefault(cell.Field.Key) ?? (_grids[i] is { } grid ? grid.Text(reader) : cell.Column < 0 ? cell.Constant : reader.Cell(cell.Column).ToString());
            if (text.Length > 0)
            {
                // A grid is mended as a whole: cut, it would lose weeks.
                texts[cell.Field.Key] = Keepable(text.Length > 200 && _grids[i] is null ? text[..200] + "…" : text);
            }
        }

        return texts;
    }

    // A database keeps neither zero characters nor halves.
    private static string Keepable(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && !text.Any(char.IsSurrogate))
        {
            return text;
        }

        var kept = new System.Text.StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            kept.Append(rune.Value == 0 ? "\uFFFD" : rune.ToString());
        }

        return kept.ToString();
    }
}
