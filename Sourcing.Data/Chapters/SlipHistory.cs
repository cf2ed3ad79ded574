using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Chapters;

/// <summary>Something that became of a slip.</summary>
/// <param name="Actor">Of closed business that a member entered, no name: who enters it is its payer as a rule.</param>
/// <param name="Deed">entered, changed, removed or brought back.</param>
/// <param name="Fields">What changed; empty for what was entered.</param>
public sealed record SlipEvent(DateTimeOffset At, string Actor, string Deed, IReadOnlyList<FieldChange> Fields);

/// <summary>Reads what became of a slip: for leaders and the committee of its chapter, as the database's function says.</summary>
internal static class SlipHistory
{
    private static readonly Dictionary<string, string> Labels = new()
    {
        ["meeting_id"] = "Meeting", ["giver_id"] = "From", ["giver_external_id"] = "From", ["receiver_id"] = "To", ["receiver_external_id"] = "To", ["initiator_id"] = "From", ["initiator_external_id"] = "From",
        ["partner_id"] = "With", ["partner_external_id"] = "With", ["thanked_id"] = "Thanked", ["thanked_external_id"] = "Thanked", ["member_id"] = "Learnt by", ["speaker_id"] = "From", ["about_id"] = "About", ["about_external_id"] = "About", ["tier"] = "Tier", ["status"] = "Status",
        ["amount"] = "Amount", ["credits"] = "Credits", ["is_training"] = "Training", ["place"] = "Place", ["note"] = "Note", ["is_inside"] = "Inside", ["removed_because"] = "Reason",
    };

    public static async Task<IReadOnlyList<SlipEvent>> ReadAsync(SourcingDb db, Guid slip, CancellationToken ct)
    {
        var entries = await db.Database.SqlQuery<Entry>(
            $"""select at as "At", actor_name as "Actor", action as "Action", old_values::text as "Before", new_values::text as "After" from app.slip_history({slip})""").ToListAsync(ct);
        var told = entries.Select(e => (Entry: e, Before: Parsed(e.Before), After: Parsed(e.After))).ToList();
        var keys = told.SelectMany(t => t.Before.Concat(t.After)).Select(p => Guid.TryParse(p.Value, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct().ToList();
        var names = await db.MemberNames.Where(n => keys.Contains(n.Id)).ToDictionaryAsync(n => n.Id, n => n.FullName, ct);
        foreach (var party in await db.ExternalParties.Where(p => keys.Contains(p.Id)).Select(p => new { p.Id, p.Name, p.ChapterName }).ToListAsync(ct))
        {
            names[party.Id] = party.ChapterName.Length == 0 ? party.Name : $"{party.Name}, {party.ChapterName}";
        }

        foreach (var meeting in await db.Meetings.Where(m => keys.Contains(m.Id)).Select(m => new { m.Id, m.HeldOn }).ToListAsync(ct))
        {
            names[meeting.Id] = meeting.HeldOn.ToString("d MMM yyyy", CultureInfo.CurrentCulture);
        }

        return [.. told.Select(t => new SlipEvent(t.Entry.At, t.Entry.Actor, Deed(t.Entry.Action, t.Before, t.After), t.Entry.Action == "insert" ? [] : Fields(t.Before, t.After, names)))];
    }

    private static string Deed(string action, Dictionary<string, string?> before, Dictionary<string, string?> after) =>
        action == "insert" ? "entered" : after.TryGetValue("deleted_at", out var gone) ? gone is null ? "brought back" : "removed" : before.ContainsKey("deleted_at") ? "brought back" : "changed";

    private static List<FieldChange> Fields(Dictionary<string, string?> before, Dictionary<string, string?> after, Dictionary<Guid, string> names)
    {
        string? Said(string? value) => value is { Length: > 0 } && Guid.TryParse(value, out var id) ? names.GetValueOrDefault(id, "somebody") : string.IsNullOrEmpty(value) ? null : value;
        // A side that went from a member to somebody outside is two columns and one change.
        return [.. Labels.Where(l => before.ContainsKey(l.Key) || after.ContainsKey(l.Key)).GroupBy(l => l.Value)
            .Select(g => new FieldChange(g.Key, g.Select(l => Said(before.GetValueOrDefault(l.Key))).FirstOrDefault(v => v is not null), g.Select(l => Said(after.GetValueOrDefault(l.Key))).FirstOrDefault(v => v is not null)))
            .Where(c => c.Before is not null || c.After is not null)];
    }

    private static Dictionary<string, string?> Parsed(string? json)
    {
        if (json is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => p.Value.GetString(),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            _ => p.Value.GetRawText(),
        });
    }

    private sealed class Entry
    {
        public DateTimeOffset At { get; init; }

        public string Actor { get; init; } = "";

        public string Action { get; init; } = "";

        public string? Before { get; init; }

        public string? After { get; init; }
    }
}
