using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Sourcing.Data.Common;
using Sourcing.Data.Imports.Kinds;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Data.Imports;

/// <summary>Reads the cells of one field: applies the mapping's rules, then its type. Writes the value as COPY wants it.</summary>
internal sealed partial class CellParser
{
    private static readonly FrozenSet<string> Yes = new[] { "yes", "y", "true", "t", "1", "x", "on", "ja", "j", "si", "oui" }.ToFrozenSet();
    private static readonly FrozenSet<string> No = new[] { "no", "n", "false", "f", "0", "off", "nein", "non" }.ToFrozenSet();
    private static readonly System.Buffers.SearchValues<char> Plain =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c != '\\')]);

    // Words of a choice or flag as they stand in the file, with what they mean: a file has few.
    private readonly Dictionary<string, string> _known = [];

    private readonly List<(CellRule Rule, Regex? Expression, int Number)> _rules = [];
    private readonly DecimalSign _sign;
    private readonly bool _fileSaysSign;
    private readonly DateOrder _order;
    private readonly bool _isBracket;

    /// <param name="column">Where it stands in the file; -1 where every row has the same text.</param>
    public CellParser(ImportField field, MappingDefinition mapping, FileProfile? profile, int column)
    {
        (Field, Column, _isBracket) = (field, column, field.BracketOf is { } of && column >= 0 && !mapping.Columns.ContainsKey(field.Key) && mapping.Columns.ContainsKey(of));
        Constant = column < 0 ? mapping.Constants.GetValueOrDefault(field.Key, "") : "";
        for (var i = 0; i < mapping.Rules.Count; i++)
        {
            var rule = mapping.Rules[i];
            if (rule.Field == field.Key)
            {
                _rules.Add((rule, rule.Test == RuleTest.Matches || rule.Action == RuleAction.InAnotherRow ? rule.Expression() : null, i));
            }
        }

        var found = column >= 0 ? profile?.Columns[column] : null;
        _fileSaysSign = mapping.Decimal != DecimalSign.Auto || found?.Numbers.Sign is not (null or DecimalSign.Auto);
        _sign = mapping.Decimal != DecimalSign.Auto ? mapping.Decimal
            : found?.Numbers.Sign is { } own and not DecimalSign.Auto ? own
            : profile is null ? DecimalSign.Point : SignOfFile(mapping, profile);
        _order = mapping.Dates != DateOrder.Auto ? mapping.Dates : found?.Dates.Order ?? DateOrder.Auto;
    }

    public ImportField Field { get; }

    public int Column { get; }

    public string Constant { get; }

    /// <summary>How often each rule of the mapping applied, by its place in the mapping.</summary>
    public Dictionary<int, long> Applied { get; } = [];

    /// <summary>Set by the last cell: the whole row is to stay out, by this rule.</summary>
    public CellRule? SetAside { get; private set; }

    /// <summary>Set by the last cell: the row that it names.</summary>
    public string? Refers { get; private set; }

    /// <summary>Reads one cell and appends its value, or a null where it has none.</summary>
    /// <param name="isNumber">The file itself says that it is a number.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Problem? Read(ReadOnlySpan<char> cell, bool isNumber, CopyText copy)
    {
        (SetAside, Refers) = (null, null);
        cell = cell.Trim();
        if (Field.Markup && cell.IndexOfAny('<', '&') >= 0)
        {
            cell = WithoutMarkup(cell.ToString());
        }

        if (_isBracket)
        {
            Numbered.WithoutUnit(cell, out cell);
        }

        if (_rules.Count > 0)
        {
            cell = Ruled(cell);
        }

        if (Field.IsId)
        {
            cell = AsId(cell);
        }

        if (cell.Length == 0)
        {
            copy.Null();
            return Field.Required && SetAside is null ? new(Field.Key, $"{Field.Title} is missing", $"Enter {Article()}, or take the row out.") : null;
        }

        var mark = copy.Length;
        var problem = Typed(cell, isNumber, copy);
        if (problem is not null)
        {
            copy.Length = mark;
            copy.Null();
        }

        return problem;
    }

    // 19020.0 and nan are what a program makes of a number and of nothing.
    private static ReadOnlySpan<char> AsId(ReadOnlySpan<char> cell)
    {
        if (cell.Equals("nan", StringComparison.OrdinalIgnoreCase) || cell.Equals("none", StringComparison.OrdinalIgnoreCase) || cell.Equals("#N/A", StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        var point = cell.IndexOf('.');
        return point > 0 && point + 1 < cell.Length && cell[..point].IndexOfAnyExceptInRange('0', '9') < 0 && cell[(point + 1)..].IndexOfAnyExcept('0') < 0 ? cell[..point] : cell;
    }

    private static string WithoutMarkup(string cell) => System.Net.WebUtility.HtmlDecode(Tag().Replace(cell, " ")).Replace('\u00A0', ' ').Trim();

    private string Article() => Field.Type switch
    {
        FieldType.Number or FieldType.Whole => "a number",
        FieldType.Date => "a date",
        FieldType.Flag => "yes or no",
        FieldType.Choice => "one of " + string.Join(", ", Field.Choices.Select(c => c.Replace('_', ' '))),
        FieldType.Currency => "three letters such as EUR",
        _ => "one",
    };

    private ReadOnlySpan<char> Ruled(ReadOnlySpan<char> cell)
    {
        foreach (var (rule, expression, number) in _rules)
        {
            var fits = expression is not null ? expression.IsMatch(cell) : rule.Test switch
            {
                RuleTest.Is => cell.Equals(rule.Pattern, StringComparison.OrdinalIgnoreCase),
                RuleTest.StartsWith => cell.StartsWith(rule.Pattern, StringComparison.OrdinalIgnoreCase),
                _ => cell.Contains(rule.Pattern, StringComparison.OrdinalIgnoreCase),
            };
            if (!fits)
            {
                continue;
            }

            Applied[number] = Applied.GetValueOrDefault(number) + 1;
            switch (rule.Action)
            {
                case RuleAction.Take:
                    return rule.Value;
                case RuleAction.SetRowAside:
                    SetAside = rule;
                    break;
                case RuleAction.InAnotherRow:
                    Refers = expression!.Match(cell.ToString()).Groups[1].Value;
                    break;
            }

            return default;
        }

        return cell;
    }

    private Problem? Typed(ReadOnlySpan<char> cell, bool isNumber, CopyText copy) => Field.Type switch
    {
        FieldType.Number or FieldType.Whole => Number(cell, isNumber, copy),
        FieldType.Date => Date(cell, copy),
        FieldType.Flag => Flag(cell, copy),
        FieldType.Choice => Choice(cell, copy),
        FieldType.Currency => Currency(cell, copy),
        _ => Text(cell, copy),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Problem? Text(ReadOnlySpan<char> cell, CopyText copy)
    {
        if (cell.Length > Field.MaxLength)
        {
            return new(Field.Key, $"{Field.Title} has {cell.Length:N0} characters", $"At most {Field.MaxLength:N0} are kept. Shorten it.");
        }

        if (cell.IndexOfAnyExcept(Plain) < 0)
        {
            copy.Plain(cell);
            return null;
        }

        for (var i = 0; i < cell.Length; i++)
        {
            var c = cell[i];
            if (char.IsSurrogate(c))
            {
                if (!char.IsHighSurrogate(c) || i + 1 == cell.Length || !char.IsLowSurrogate(cell[++i]))
                {
                    return new(Field.Key, $"{Field.Title} holds half a character", "The file was cut or joined in the wrong place. Type the text anew.");
                }
            }
            else if (c is '\t' or '\n' or '\r' && Field.Type == FieldType.Text)
            {
                continue;
            }
            else if (char.IsControl(c) || c is '\u200B' or '\u200C' or '\u2060' or '\uFEFF' or '\uFFFE' or '\uFFFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
            {
                return new(Field.Key, $"{Field.Title} holds a sign that cannot be seen (U+{(int)c:X4})", "Type the text anew.", Use: Visible(cell));
            }
        }

        copy.Escaped(cell);
        return null;
    }

    private static string Visible(ReadOnlySpan<char> cell) =>
        new([.. cell.ToString().Where(c => !char.IsControl(c) && c is not ('\u200B' or '\u200C' or '\u2060' or '\uFEFF' or '\uFFFE' or '\uFFFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')))]);

    private Problem? Number(ReadOnlySpan<char> cell, bool isNumber, CopyText copy)
    {
        // Plain figures are the most frequent and need no reading: the server does it.
        if (Simple(cell, isNumber) is { } simple && simple >= Field.Min && simple <= Field.Max && !(Field.Above && simple == Field.Min))
        {
            copy.Plain(cell);
            return null;
        }

        decimal value;
        cell = cell[^1] == ')' ? Numbered.WithoutUnit(cell, out _) : cell;
        if (Numbered.IsDash(cell))
        {
            value = 0;
        }
        else if (cell.Length <= 9 && cell.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            value = int.Parse(cell, NumberStyles.None, CultureInfo.InvariantCulture);
        }
        else
        {
            var sign = isNumber ? DecimalSign.Point : _sign;
            if (!isNumber && !_fileSaysSign && ReadTwoWays(cell, ref sign) is { } two)
            {
                return two;
            }

            value = Numbered.Parse(cell, sign, out var why);
            if (why is not null)
            {
                return new(Field.Key, why, Field.Type == FieldType.Whole ? "Enter a whole number." : "Enter a number, or leave the cell empty.");
            }
        }

        if (value < Field.Min || value > Field.Max || (Field.Above && value == Field.Min))
        {
            var from = Field.Min > -1_000_000_000_000m ? $"{(Field.Above ? "above" : "at least")} {Field.Min:#,0.####}" : "";
            var to = Field.Max < 1_000_000_000_000m ? $"at most {Field.Max:#,0.####}" : "";
            return new(Field.Key, $"{Field.Title} is {value.ToString("#,0.####", CultureInfo.InvariantCulture)}", $"It has to be {from}{(from.Length > 0 && to.Length > 0 ? " and " : "")}{(from.Length + to.Length == 0 ? "smaller" : to)}.");
        }

        var kept = Math.Round(value, Field.Type == FieldType.Whole ? 0 : Field.Decimals);
        if (kept != value)
        {
            return new(Field.Key, $"{Numbered.Quoted(cell)} has more decimals than are kept", Field.Type == FieldType.Whole ? "Enter a whole number." : $"Round it to {Field.Decimals} decimals.", Use: kept.ToString("0.############", CultureInfo.InvariantCulture));
        }

        copy.Number(kept);
        return null;
    }

    // Figures with at most one point, no more decimals than are kept, in a file whose sign is known to be the point. Null for all others.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private decimal? Simple(ReadOnlySpan<char> cell, bool isNumber)
    {
        var (whole, point) = (0L, -1);
        if (cell.Length > 17 || !char.IsAsciiDigit(cell[0]))
        {
            return null;
        }

        for (var i = 0; i < cell.Length; i++)
        {
            var c = cell[i];
            if (char.IsAsciiDigit(c))
            {
                whole = (whole * 10) + (c - '0');
            }
            else if (c == '.' && point < 0 && i + 1 < cell.Length && (isNumber || (_fileSaysSign && _sign == DecimalSign.Point)))
            {
                point = i;
            }
            else
            {
                return null;
            }
        }

        var decimals = point < 0 ? 0 : cell.Length - point - 1;
        return decimals > (Field.Type == FieldType.Whole ? 0 : Math.Min(Field.Decimals, 12)) ? null : new decimal((int)whole, (int)(whole >> 32), 0, false, (byte)decimals);
    }

    // 1.000 where nothing in its column says which sign is the decimal one. The rest of the file may settle a group sign, not a decimal sign.
    private Problem? ReadTwoWays(ReadOnlySpan<char> cell, ref DecimalSign sign)
    {
        switch (Numbered.Classify(cell))
        {
            case Numbered.Reading.Point:
                sign = DecimalSign.Point;
                return null;
            case Numbered.Reading.Comma:
                sign = DecimalSign.Comma;
                return null;
            case Numbered.Reading.Both when sign == DecimalSign.Auto || cell.Contains(sign == DecimalSign.Point ? '.' : ','):
                var grouped = Numbered.Parse(cell, cell.Contains('.') ? DecimalSign.Comma : DecimalSign.Point, out _);
                var broken = Numbered.Parse(cell, cell.Contains('.') ? DecimalSign.Point : DecimalSign.Comma, out _);
                return new(Field.Key, $"{Numbered.Quoted(cell)} can be read two ways", $"Choose the decimal sign of this file: {grouped.ToString("#,0", CultureInfo.InvariantCulture)} or {broken.ToString("0.0", CultureInfo.InvariantCulture)}.", Use: grouped.ToString("0", CultureInfo.InvariantCulture));
            default:
                return null;
        }
    }

    private Problem? Date(ReadOnlySpan<char> cell, CopyText copy)
    {
        var day = Dated.Parse(cell, _order, out var why);
        if (why is not null)
        {
            return new(Field.Key, why, why.EndsWith("two ways", StringComparison.Ordinal) ? "Choose whether days or months come first in this file." : "Enter a day like 2026-11-14.");
        }

        copy.Day(day);
        return null;
    }

    private Problem? Flag(ReadOnlySpan<char> cell, CopyText copy)
    {
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(cell, out var known))
        {
            copy.Plain(known);
            return null;
        }

        var word = cell.ToString().ToLowerInvariant();
        if (!Yes.Contains(word) && !No.Contains(word))
        {
            return new(Field.Key, $"{Numbered.Quoted(cell)} is neither yes nor no", "Enter yes or no.");
        }

        copy.Plain(Learn(cell, Yes.Contains(word) ? "t" : "f"));
        return null;
    }

    private Problem? Choice(ReadOnlySpan<char> cell, CopyText copy)
    {
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(cell, out var known))
        {
            copy.Plain(known);
            return null;
        }

        var word = ColumnMatcher.Plain(cell);
        if (Field.Choices.FirstOrDefault(c => c.Replace("_", "", StringComparison.Ordinal).Equals(word, StringComparison.OrdinalIgnoreCase)) is not { } choice)
        {
            return new(Field.Key, $"{Numbered.Quoted(cell)} is not one of the words known here", $"Use {string.Join(", ", Field.Choices.Select(c => c.Replace('_', ' ')))}.");
        }

        copy.Plain(Learn(cell, choice));
        return null;
    }

    private string Learn(ReadOnlySpan<char> cell, string meaning)
    {
        if (_known.Count < 200)
        {
            _known[cell.ToString()] = meaning;
        }

        return meaning;
    }

    private Problem? Currency(ReadOnlySpan<char> cell, CopyText copy)
    {
        var code = cell.Length == 3 ? cell.ToString().ToUpperInvariant() : "";
        if (!Currencies.IsKnown(code))
        {
            return new(Field.Key, $"{Numbered.Quoted(cell)} is not a currency", "Use its three letters, such as EUR.");
        }

        copy.Plain(code);
        return null;
    }

    [GeneratedRegex("<[^<>]{1,500}>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    private static DecimalSign SignOfFile(MappingDefinition mapping, FileProfile profile)
    {
        var taken = profile.Columns.Where(c => mapping.Columns.ContainsValue(c.Name) && c.Numbers.Numbers * 2 > c.Filled).Select(c => c.Numbers.Sign).Where(s => s != DecimalSign.Auto).Distinct().ToList();
        return taken.Count == 1 ? taken[0] : DecimalSign.Auto;
    }
}
