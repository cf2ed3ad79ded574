using System.Text.Json;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>One change as one line for a list, without looking anything up: "Status: Draft → Open; Deadline: – → 3 Dec 2026".</summary>
public static class HistoryBrief
{
    private const int Most = 5;

    /// <param name="oldValues">JSON object, or empty.</param>
    /// <param name="newValues">JSON object, or empty.</param>
    /// <param name="action">insert, update, delete or batch.</param>
    /// <param name="reader">In whose zone and culture it is written.</param>
    public static string Of(string oldValues, string newValues, string action, UserIdentity reader)
    {
        var (before, after) = (Read(oldValues), Read(newValues));
        var told = new List<string>();
        foreach (var column in before.Keys.Union(after.Keys).Where(c => HistoryText.Tells(c) && !c.EndsWith("_id", StringComparison.Ordinal)))
        {
            var (old, now) = (Text(before, column, reader), Text(after, column, reader));
            if (action == "update" ? old != now : (now ?? old) is not null)
            {
                told.Add(action == "update" ? $"{HistoryText.Field(column)}: {old ?? "–"} → {now ?? "–"}" : $"{HistoryText.Field(column)}: {now ?? old}");
            }
        }

        return told.Count == 0 ? "–" : string.Join("; ", told.Take(Most)) + (told.Count > Most ? $"; and {told.Count - Most} more" : "");
    }

    /// <summary>Who did it: the database's logins stand in where nobody was signed in.</summary>
    public static string Actor(string name) => name switch
    {
        "sourcing_migrator" or "postgres" => "Set-up",
        "sourcing_auth" => "Sign-in pages",
        _ => name,
    };

    /// <summary>The word for a table's records, as a sentence begins.</summary>
    public static string Kind(string table)
    {
        var word = RecordKinds.Find(table)?.Word ?? table.Replace('_', ' ');
        return char.ToUpperInvariant(word[0]) + word[1..];
    }

    /// <summary>Names of columns as people know them: "Deadline, Delivery place".</summary>
    public static string Fields(IEnumerable<string> columns) =>
        string.Join(", ", columns.Where(HistoryText.Tells).Select(HistoryText.Field).Distinct()) is { Length: > 0 } told ? told : "–";

    /// <summary>Added, Changed, Deleted, Restored or Imported. Deleting and restoring are updates of one column.</summary>
    public static string Deed(string oldValues, string newValues, string action) => action switch
    {
        "insert" => "Added",
        "delete" => "Deleted",
        "batch" => "Imported",
        _ when Read(newValues).TryGetValue("deleted_at", out var gone) => gone.ValueKind == JsonValueKind.Null ? "Restored" : "Deleted",
        _ => "Changed",
    };

    private static string? Text(Dictionary<string, JsonElement> values, string column, UserIdentity reader)
    {
        if (!values.TryGetValue(column, out var value))
        {
            return null;
        }

        var text = HistoryText.Properties(value, reader) is { } properties
            ? string.Join(", ", properties.Select(p => $"{p.Key} {p.Value}"))
            : HistoryText.Value(column, value, reader, _ => null);
        return text is { Length: > 80 } ? text[..79] + "…" : text;
    }

    private static Dictionary<string, JsonElement> Read(string json) =>
        json.Length == 0 ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
