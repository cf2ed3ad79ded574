using System.Text.Json;

namespace Sourcing.Data.Operations;

/// <summary>One change as one line for a list, without looking anything up: "Status: draft → open; Deadline: – → 2026-12-03".</summary>
public static class HistoryBrief
{
    private const int Most = 5;

    /// <param name="oldValues">JSON object, or empty.</param>
    /// <param name="newValues">JSON object, or empty.</param>
    /// <param name="action">insert, update, delete or batch.</param>
    public static string Of(string oldValues, string newValues, string action)
    {
        var (before, after) = (Read(oldValues), Read(newValues));
        var columns = before.Keys.Union(after.Keys).Where(c => c is not ("id" or "deleted_by") && !c.EndsWith("_id", StringComparison.Ordinal)).ToList();
        var told = columns.Take(Most).Select(c => action == "update"
            ? $"{Name(c)}: {Text(before, c)} → {Text(after, c)}"
            : $"{Name(c)}: {Text(action == "delete" ? before : after, c)}");
        return columns.Count == 0 ? "–" : string.Join("; ", told) + (columns.Count > Most ? $"; and {columns.Count - Most} more" : "");
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

    /// <summary>Added, Changed, Deleted, Restored or Imported. Deleting and restoring are updates of one column.</summary>
    public static string Deed(string oldValues, string newValues, string action) => action switch
    {
        "insert" => "Added",
        "delete" => "Deleted",
        "batch" => "Imported",
        _ when Read(newValues).TryGetValue("deleted_at", out var gone) => gone.ValueKind == JsonValueKind.Null ? "Restored" : "Deleted",
        _ => "Changed",
    };

    private static string Name(string column) => char.ToUpperInvariant(column[0]) + column[1..].Replace('_', ' ');

    private static string Text(Dictionary<string, JsonElement> values, string column)
    {
        var text = values.TryGetValue(column, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "–";
        return text.Length > 80 ? text[..79] + "…" : text;
    }

    private static Dictionary<string, JsonElement> Read(string json) =>
        json.Length == 0 ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
