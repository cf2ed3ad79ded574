using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Planning;

/// <summary>Who decided about recommendations, in words: for whoever comes second.</summary>
internal sealed class RecommendationWords(IReadOnlyDictionary<Guid, string> people, IReadOnlyDictionary<Guid, string> numbers)
{
    public static async Task<RecommendationWords> LoadAsync(SourcingDb db, IReadOnlyList<ProcurementRecommendation> decided, CancellationToken ct)
    {
        if (decided.Count == 0)
        {
            return new(new Dictionary<Guid, string>(), new Dictionary<Guid, string>());
        }

        var by = decided.Select(r => r.DecidedBy).OfType<Guid>().Distinct().ToList();
        var rfqs = decided.Select(r => r.RfqId).OfType<Guid>().Distinct().ToList();
        var orders = decided.Select(r => r.OrderId).OfType<Guid>().Distinct().ToList();
        var numbers = await db.Rfqs.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(r => rfqs.Contains(r.Id)).Select(r => new { r.Id, r.Number })
            .Concat(db.Orders.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(o => orders.Contains(o.Id)).Select(o => new { o.Id, o.Number })).ToDictionaryAsync(n => n.Id, n => n.Number, ct);
        return new(await db.People.Where(p => by.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct), numbers);
    }

    /// <summary>What was decided, by whom and when, and what can be done about it.</summary>
    public string WhyDecided(ProcurementRecommendation row)
    {
        var who = row.DecidedBy is { } by && people.TryGetValue(by, out var name) ? name : "Somebody";
        var when = row.DecidedAt?.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return row.Status switch
        {
            RecommendationStatus.Proposed => "it is not decided yet.",
            RecommendationStatus.Accepted => $"{who} accepted it already, on {when}. Take it back to change it.",
            RecommendationStatus.Rejected => $"{who} rejected it on {when}: {row.RejectReason} Take it back to decide differently.",
            RecommendationStatus.Converted => $"{who} turned it into {Number(row)} on {when}.",
            _ => "a later plan has the word. Look at the newest recommendations.",
        };
    }

    private string Number(ProcurementRecommendation row) => (row.OrderId ?? row.RfqId) is { } id ? numbers.GetValueOrDefault(id, "a draft") : "a draft";
}
