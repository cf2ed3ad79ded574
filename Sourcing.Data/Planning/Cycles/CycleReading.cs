using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>Reading of cycles that several queries share.</summary>
internal static class CycleReading
{
    /// <summary>The newest finished live cycle; null when there is none.</summary>
    public static Task<Guid?> LatestCycleAsync(this SourcingDb db, CancellationToken ct) => db.PlanningCycles
        .Where(c => c.Kind == CycleKind.Live && (c.Status == CycleStatus.Completed || c.Status == CycleStatus.CompletedWithErrors))
        .OrderByDescending(c => c.FinishedAt).ThenByDescending(c => c.Id).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct);

    /// <summary>Cycles as lists show them, in the order of the question.</summary>
    public static async Task<List<CycleRow>> CycleRowsAsync(this SourcingDb db, IQueryable<PlanningCycle> cycles, CancellationToken ct)
    {
        var rows = await cycles.AsNoTracking().Select(c => new
        {
            Cycle = c,
            Base = db.PlanningCycles.Where(b => b.Id == c.BaseCycleId).Select(b => b.Number).FirstOrDefault(),
            From = db.PlanningCycles.Where(b => b.Id == c.PromotedFromId).Select(b => b.Number).FirstOrDefault(),
            By = db.People.Where(u => u.Id == c.StartedBy).Select(u => u.FullName).FirstOrDefault(),
        }).ToListAsync(ct);
        return rows.ConvertAll(r => new CycleRow
        {
            Id = r.Cycle.Id, Number = r.Cycle.Number, Kind = r.Cycle.Kind, Name = r.Cycle.Name, Status = r.Cycle.Status, AsOf = r.Cycle.AsOf, BaseCycleId = r.Cycle.BaseCycleId,
            BaseNumber = r.Base, PromotedFromId = r.Cycle.PromotedFromId, PromotedFrom = r.From, StartedBy = r.By, CreatedAt = r.Cycle.CreatedAt, StartedAt = r.Cycle.StartedAt,
            FinishedAt = r.Cycle.FinishedAt, Message = r.Cycle.Message, Counts = r.Cycle.Counts,
        });
    }

    /// <summary>Suppositions in words, with the names of what they are about.</summary>
    public static async Task<IReadOnlyList<OverrideRow>> InWordsAsync(this SourcingDb db, IReadOnlyList<PlanOverride> changes, CancellationToken ct)
    {
        var ids = changes.Select(c => c.TargetId).OfType<Guid>().Distinct().ToArray();
        if (ids.Length == 0)
        {
            return [.. changes.Select(c => new OverrideRow(c, OverrideWords.Of(c, null)))];
        }

        var names = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, Name = p.Number })
            .Concat(db.Suppliers.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.Name })).ToDictionaryAsync(n => n.Id, n => n.Name, ct);
        return [.. changes.Select(c => new OverrideRow(c, OverrideWords.Of(c, c.TargetId is { } id ? names.GetValueOrDefault(id) : null)))];
    }
}
