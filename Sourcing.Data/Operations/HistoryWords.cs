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
        ["planning_cycles"] = "number", ["invoices"] = "number", ["agreements"] = "number",
    };

    // Which table a key column points to, where the column's name does not say it.
    private static readonly Dictionary<string, string> Targets = new()
    {
        ["category_id"] = "part_categories", ["parent_id"] = "part_categories", ["contact_id"] = "supplier_contacts",
        ["recommended_supplier_id"] = "suppliers", ["cycle_id"] = "planning_cycles", ["component_part_id"] = "parts", ["parent_part_id"] = "parts",
    };

    // What people know a record by that has no number or name of its own: read for the record itself, because a change of its price does not repeat it.
    private static readonly Dictionary<string, string> Labels = new()
    {
        ["supplier_parts"] = "(select s.name || ', ' || p.number from suppliers s, parts p where s.id = x.supplier_id and p.id = x.part_id)",
        ["price_breaks"] = "'from ' || trim_scale(x.minimum_quantity)",
        ["rfq_lines"] = "x.line_no::text",
        ["rfq_invitations"] = "(select s.name from suppliers s where s.id = x.supplier_id)",
        ["rfq_questions"] = "(select 'of ' || s.name from suppliers s where s.id = x.supplier_id)",
        ["rfq_rounds"] = "x.round::text",
        ["rfq_round_answers"] = "(select 'of ' || s.name from suppliers s where s.id = x.supplier_id)",
        ["rfq_seals"] = "x.round::text",
        ["sealed_bids"] = "x.number",
        ["opened_bids"] = "(select b.number from sealed_bids b where b.id = x.bid_id)",
        ["quotes"] = "x.number",
        ["order_lines"] = "x.line_no::text",
        ["order_changes"] = "x.number::text",
        ["order_change_lines"] = "x.line_no::text",
        ["invoice_lines"] = "(select 'of line ' || l.line_no from order_lines l where l.id = x.order_line_id)",
        ["agreement_lines"] = "x.line_no::text",
        ["agreement_breaks"] = "'from ' || trim_scale(x.minimum_quantity)",
        ["inventory"] = "(select p.number from parts p where p.id = x.part_id)",
        ["stock_movements"] = "(select p.number from parts p where p.id = x.part_id)",
        ["reservations"] = "x.reference",
        ["bills_of_materials"] = "(select p.number from parts p where p.id = x.part_id)",
        ["bom_lines"] = "(select p.number from parts p where p.id = x.component_part_id)",
        ["procurement_recommendations"] = "(select p.number from parts p where p.id = x.part_id)",
        ["receipts"] = "(select 'on line ' || l.line_no from order_lines l where l.id = x.order_line_id)",
    };

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    private readonly Dictionary<Guid, string> _names = [];

    public async Task<IReadOnlyList<HistoryAct>> TellAsync(IReadOnlyList<AuditEntry> entries, CancellationToken ct)
    {
        var read = entries.Select(e => (Entry: e, Before: Parse(e.OldValues), After: Parse(e.NewValues))).ToList();
        await ResolveAsync(read.SelectMany(r => r.Before.Concat(r.After)), ct);
        await LabelAsync(entries, ct);
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
        var fields = before.Keys.Union(after.Keys).Where(HistoryText.Tells)
            .SelectMany(column => Changes(column, before, after)).Where(f => f.Before != f.After).ToList();
        return new(entry.TableName, entry.RecordId, What(entry, before, after), deed, fields);
    }

    // Specifications are one column and many properties: each that changed is a change of its own.
    private IEnumerable<FieldChange> Changes(string column, Dictionary<string, JsonElement> before, Dictionary<string, JsonElement> after)
    {
        var (old, now) = (Properties(column, before), Properties(column, after));
        return old is null && now is null
            ? [new(HistoryText.Field(column), Value(column, before), Value(column, after))]
            : (old ?? None).Keys.Union((now ?? None).Keys).Select(name => new FieldChange(name, old?.GetValueOrDefault(name), now?.GetValueOrDefault(name)));
    }

    private IReadOnlyDictionary<string, string>? Properties(string column, Dictionary<string, JsonElement> values) =>
        values.TryGetValue(column, out var value) ? HistoryText.Properties(value, reader) : null;

    private string What(AuditEntry entry, Dictionary<string, JsonElement> before, Dictionary<string, JsonElement> after)
    {
        var word = HistoryBrief.Kind(entry.TableName);
        if (_names.TryGetValue(entry.RecordId, out var known))
        {
            return $"{word} {known}";
        }

        foreach (var column in (string[])["number", "code", "line_no", "name", "file_name", "full_name", "currency"])
        {
            if ((after.TryGetValue(column, out var value) || before.TryGetValue(column, out value)) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                return $"{word} {value}";
            }
        }

        return word;
    }

    private string? Value(string column, Dictionary<string, JsonElement> values) =>
        values.TryGetValue(column, out var value) ? HistoryText.Value(column, value, reader, key => _names.GetValueOrDefault(key, "another record")) : null;

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

    private async Task LabelAsync(IReadOnlyList<AuditEntry> entries, CancellationToken ct)
    {
        var groups = entries.Where(e => Labels.ContainsKey(e.TableName)).GroupBy(e => e.TableName, e => e.RecordId).ToList();
        if (groups.Count == 0)
        {
            return;
        }

        // Tables come from the list above, never from data; all of them in one statement.
        var sql = string.Join(" union all ", groups.Select((g, i) => $"select x.id as \"Id\", coalesce({Labels[g.Key]}, '') as \"Name\" from {g.Key} x where x.id = any({{{i}}})"));
        var rows = await db.Database.SqlQueryRaw<Named>(sql, [.. groups.Select(g => (object)g.Distinct().ToArray())]).ToListAsync(ct);
        rows.Where(r => r.Name.Length > 0).ToList().ForEach(r => _names[r.Id] = r.Name);
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
