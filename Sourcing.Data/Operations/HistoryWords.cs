using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>Turns audit entries into words: fields spaced, states worded, keys as the names behind them, moments in the reader's zone.</summary>
internal sealed class HistoryWords(SourcingDb db, UserIdentity reader)
{
    // Where the name of a record is found: the columns that people know it by.
    private static readonly Dictionary<string, string> Names = new()
    {
        ["users"] = "full_name", ["parts"] = "number", ["suppliers"] = "name", ["rfqs"] = "number", ["quotes"] = "number", ["orders"] = "number",
        ["units"] = "code", ["part_categories"] = "name", ["attachments"] = "file_name", ["supplier_contacts"] = "name",
    };

    // Which table a key column points to, where the column's name does not say it.
    private static readonly Dictionary<string, string> Targets = new()
    {
        ["category_id"] = "part_categories", ["parent_id"] = "part_categories", ["contact_id"] = "supplier_contacts",
    };

    private static readonly string[] Untold = ["id", "deleted_by", "sha256", "form_key", "version"];

    private readonly Dictionary<Guid, string> _names = [];

    public async Task<IReadOnlyList<HistoryAct>> TellAsync(IReadOnlyList<AuditEntry> entries, CancellationToken ct)
    {
        var read = entries.Select(e => (Entry: e, Before: Parse(e.OldValues), After: Parse(e.NewValues))).ToList();
        await ResolveAsync(read.SelectMany(r => r.Before.Concat(r.After)), ct);
        return
        [
            .. read.GroupBy(r => r.Entry.TransactionId).Select(act =>
            {
                var first = act.First().Entry;
                var changes = act.OrderBy(r => r.Entry.Id).Select(r => Change(r.Entry, r.Before, r.After)).Where(c => c.Fields.Count > 0 || c.Deed != "changed").ToList();
                return new HistoryAct(act.Key, first.At, first.ActorId, HistoryBrief.Actor(first.ActorName), changes);
            }).Where(act => act.Changes.Count > 0),
        ];
    }

    private RecordChange Change(AuditEntry entry, Dictionary<string, JsonElement> before, Dictionary<string, JsonElement> after)
    {
        var deed = HistoryBrief.Deed(entry.OldValues ?? "", entry.NewValues ?? "", entry.Action).ToLowerInvariant();
        var fields = before.Keys.Union(after.Keys)
            .Where(column => !Untold.Contains(column) && column != "deleted_at")
            .Select(column => new FieldChange(Field(column), Value(column, before), Value(column, after)))
            .Where(f => f.Before != f.After).ToList();
        return new(entry.TableName, entry.RecordId, What(entry, before, after), deed, fields);
    }

    private static string What(AuditEntry entry, Dictionary<string, JsonElement> before, Dictionary<string, JsonElement> after)
    {
        var word = HistoryBrief.Kind(entry.TableName);
        foreach (var column in (string[])["number", "code", "line_no", "name", "file_name", "full_name", "currency"])
        {
            if ((after.TryGetValue(column, out var value) || before.TryGetValue(column, out value)) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                return $"{word} {value}";
            }
        }

        return word;
    }

    private string? Value(string column, Dictionary<string, JsonElement> values)
    {
        if (!values.TryGetValue(column, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => "Yes",
            JsonValueKind.False => "No",
            JsonValueKind.Number => decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number.ToString("#,0.########", reader.Culture) : value.GetRawText(),
            JsonValueKind.String => Text(column, value.GetString()!),
            _ => value.GetRawText() is { Length: > 200 } long_ ? long_[..199] + "…" : value.GetRawText(),
        };
    }

    private string? Text(string column, string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (text.Length == 36 && Guid.TryParse(text, out var key))
        {
            return _names.GetValueOrDefault(key, "another record");
        }

        if (text.Length is 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day))
        {
            return day.ToString("d MMM yyyy", reader.Culture);
        }

        if (text.Length > 18 && text[10] == 'T' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment))
        {
            return TimeZoneInfo.ConvertTime(moment, reader.TimeZone).ToString("d MMM yyyy HH:mm", reader.Culture);
        }

        var state = column is "status" or "type" or "kind" or "risk_level" or "blocked_for" or "dimension" || column.EndsWith("_status", StringComparison.Ordinal);
        return state ? char.ToUpperInvariant(text[0]) + text[1..].Replace('_', ' ') : text.Length > 300 ? text[..299] + "…" : text;
    }

    private static string Field(string column)
    {
        var name = column.EndsWith("_id", StringComparison.Ordinal) ? column[..^3] : column;
        var words = name.Replace('_', ' ').Replace("rfq", "RFQ", StringComparison.Ordinal).Replace("moq", "MOQ", StringComparison.Ordinal);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static Dictionary<string, JsonElement> Parse(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    // One statement per kind of record met, whatever the number of entries.
    private async Task ResolveAsync(IEnumerable<KeyValuePair<string, JsonElement>> values, CancellationToken ct)
    {
        var keys = values.Where(v => v.Value.ValueKind == JsonValueKind.String && v.Key != "id")
            .Select(v => (Table: Target(v.Key), Ok: Guid.TryParse(v.Value.GetString(), out var id), Id: id))
            .Where(v => v is { Ok: true, Table: not null }).GroupBy(v => v.Table!, v => v.Id);
        foreach (var group in keys)
        {
            var ids = group.Distinct().ToArray();
            var table = group.Key == "users" ? "people" : group.Key;
            // Table and column come from the list above, never from data.
            var sql = $"select id as \"Id\", {Names[group.Key]}::text as \"Name\" from {table} where id = any({{0}})";
            var rows = await db.Database.SqlQueryRaw<Named>(sql, (object)ids).ToListAsync(ct);
            rows.ForEach(r => _names[r.Id] = r.Name);
        }
    }

    private string? Target(string column)
    {
        if (!column.EndsWith("_id", StringComparison.Ordinal))
        {
            return column.EndsWith("_by", StringComparison.Ordinal) ? "users" : null;
        }

        var table = Targets.GetValueOrDefault(column) ?? (column is "user_id" or "buyer_id" or "owner_id" ? "users" : column[..^3] + "s");
        return Names.ContainsKey(table) && db.Model.GetEntityTypes().Any(e => (e.GetTableName() ?? e.GetViewName()) == table) ? table : null;
    }

    private sealed record Named(Guid Id, string Name);
}
