using Sourcing.Data.Imports.Kinds;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Data.Imports;

/// <summary>Finds which column is which field: by name and synonym, never by likeness. What it proposes is shown and can be changed.</summary>
public static class ColumnMatcher
{
    /// <summary>A head as it is compared: "Unit price (EUR)" and "unit_price EUR" are one.</summary>
    public static string Plain(ReadOnlySpan<char> head)
    {
        Span<char> plain = head.Length <= 128 ? stackalloc char[128] : new char[head.Length];
        var length = 0;
        foreach (var c in head)
        {
            if (char.IsLetterOrDigit(c))
            {
                plain[length++] = char.ToLowerInvariant(c);
            }
        }

        return new(plain[..length]);
    }

    /// <summary>A column for each field that has one by name; each column once.</summary>
    public static MappingDefinition Propose(ImportKind kind, FileProfile profile)
    {
        var heads = profile.Columns.Select(c => (c.Name, Plain: Plain(c.Name))).ToList();
        var groups = profile.Groups.Select(g => (g.Name, Plain: Plain(g.Prefix))).ToList();
        var columns = new Dictionary<string, string>();
        foreach (var (key, names) in kind.Fields.Select(f => (f.Key, (string[])[Plain(f.Title), Plain(f.Key)])).Concat(kind.Fields.Select(f => (f.Key, f.Synonyms))))
        {
            if (columns.ContainsKey(key))
            {
                continue;
            }

            var isGrid = kind.Field(key).Type == FieldType.Periods;
            var head = (isGrid ? groups : heads).FirstOrDefault(h => names.Contains(h.Plain) && !columns.ContainsValue(h.Name));
            if (head.Name is not null)
            {
                columns[key] = head.Name;
            }
        }

        return new() { Columns = columns };
    }

    /// <summary>A mapping as it applies to a file: with the fields that it leaves to their names, where it does.</summary>
    public static MappingDefinition Complete(MappingDefinition mapping, ImportKind kind, FileProfile profile)
    {
        if (!mapping.OthersByName)
        {
            return mapping;
        }

        var more = Propose(kind, profile).Columns.Where(c => !mapping.Has(c.Key) && !mapping.Columns.ContainsValue(c.Value));
        return mapping with { Columns = new(mapping.Columns.Concat(more)) };
    }

    /// <summary>Whether the file has every column that the mapping asks for.</summary>
    public static bool Fits(MappingDefinition mapping, FileProfile profile) =>
        mapping.Columns.Count > 0 && mapping.Columns.Values.All(name => profile.Columns.Any(c => c.Name == name) || profile.Groups.Any(g => g.Name == name));
}
