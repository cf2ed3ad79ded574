using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>Reads cycles, compares them, and lists what is wrong with the data they saw.</summary>
public sealed class CycleQueries(Database database, CurrentUser user, PlanQueries plans)
{
    /// <summary>The newest cycles, at most 200.</summary>
    /// <param name="kind">Null for live cycles and what-ifs together.</param>
    public Task<IReadOnlyList<CycleRow>> ListAsync(CycleKind? kind, int take, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync<IReadOnlyList<CycleRow>>(
            async (db, token) => await db.CycleRowsAsync(
                db.PlanningCycles.Where(c => kind == null || c.Kind == kind).OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(Math.Clamp(take, 1, 200)), token), ct);
    }

    /// <summary>The newest finished live cycle; null when there is none.</summary>
    public Task<CycleRow?> LatestAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) => await db.LatestCycleAsync(token) is { } id ? (await db.CycleRowsAsync(db.PlanningCycles.Where(c => c.Id == id), token)).Single() : null, ct);
    }

    /// <summary>The live cycle that waits or runs; null when none does.</summary>
    public Task<CycleDetails?> RunningAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) => await db.PlanningCycles.Where(c => c.Kind == CycleKind.Live && (c.Status == CycleStatus.Waiting || c.Status == CycleStatus.Running))
                .OrderByDescending(c => c.CreatedAt).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(token) is { } id ? await DetailsAsync(db, id, token) : null, ct);
    }

    /// <summary>One cycle or what-if: parameters used, changes, timings, progress.</summary>
    public Task<CycleDetails> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync((db, token) => DetailsAsync(db, id, token), ct);
    }

    /// <summary>What is wrong with the data that a live cycle saw: a page, the gravest first.</summary>
    public Task<IssuePage> IssuesAsync(Guid cycleId, IssueFilter filter, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var all = db.PlanningIssues.AsNoTracking().Where(i => i.CycleId == cycleId);
                var counts = await all.GroupBy(i => new { i.Severity, i.Code }).Select(g => new { g.Key.Severity, g.Key.Code, Count = g.Count() }).ToListAsync(token);
                var found = all.Where(i => (filter.Severity == null || i.Severity == filter.Severity) && (filter.Code == null || i.Code == filter.Code) && (filter.PartId == null || i.PartId == filter.PartId));
                var total = await found.CountAsync(token);
                var rows = await (from i in found
                                  join p in db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]) on i.PartId equals p.Id into parts
                                  from p in parts.DefaultIfEmpty()
                                  orderby i.Severity == PlanSeverity.Blocking ? 0 : i.Severity == PlanSeverity.High ? 1 : i.Severity == PlanSeverity.Medium ? 2 : i.Severity == PlanSeverity.Low ? 3 : 4,
                                      i.Code, p.Number, i.Id
                                  select new IssueRow(i.Id, i.Severity, i.Code, i.PartId, p.Number, p.Name, i.Entity, i.EntityId, i.Text, i.Action))
                    .Skip(Math.Max(0, filter.Skip)).Take(Math.Clamp(filter.Take, 1, 200)).ToListAsync(token);
                return new IssuePage(rows, total, [.. counts.OrderByDescending(c => c.Severity).ThenByDescending(c => c.Count).ThenBy(c => c.Code, StringComparer.Ordinal)
                    .Select(c => new IssueCount(c.Severity, c.Code, c.Count))]);
            }, ct);
    }

    /// <summary>
    /// How the proposals of two plans differ, by part, supplier and need bucket; buckets, fence and window are the later plan's. Of two live
    /// cycles the stored recommendations are compared, as they were recommended; a what-if is worked out again, and so is its base.
    /// </summary>
    public async Task<CycleComparison> CompareAsync(Guid beforeId, Guid afterId, ComparisonFilter filter, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        var (before, after) = await database.ReadAsync(async (db, token) => (await SideAsync(db, beforeId, token), await SideAsync(db, afterId, token)), ct);
        var later = before.Row.Kind == CycleKind.Live && after.Row.Kind == CycleKind.Live && before.Row.CreatedAt < after.Row.CreatedAt;
        var old = await LinesAsync(before.Row, after.Row.Kind == CycleKind.WhatIf, undecided: later, ct);
        var now = await LinesAsync(after.Row, before.Row.Kind == CycleKind.WhatIf, undecided: false, ct);
        var calendar = new PlanCalendar(after.Row.AsOf, after.Settings.Bucket, after.Settings.BucketCount);
        var buckets = Enumerable.Range(0, calendar.Count).Select(b => new PlanBucket(b, calendar.Start(b), null, calendar.Label(b))).ToList();
        var diff = PlanDiff.Compare(old.Lines, now.Lines, buckets, after.Row.AsOf, after.Settings);
        var found = diff.Changes.Where(c => (filter.Kinds == PlanChangeKinds.None || (c.Kinds & filter.Kinds) != 0) && (filter.Zone is null || c.Zone == filter.Zone)
            && (filter.PartId is null || c.MaterialId == filter.PartId)).OrderBy(c => c.Zone).ThenBy(c => (c.After ?? c.Before)!.Value.NeedDate).ThenBy(c => c.MaterialId).ToList();
        var page = found.Skip(Math.Max(0, filter.Skip)).Take(Math.Clamp(filter.Take, 1, 500)).ToList();
        var zones = diff.Zones.Select(z => new ZoneSummary(z.Zone, Count(diff, z.Zone, c => c == PlanChangeKinds.New), Count(diff, z.Zone, c => c == PlanChangeKinds.Gone), Count(diff, z.Zone, IsChange), z.Nervousness)).ToList();
        return new(before.Row, after.Row, await NamedAsync(page, ct), found.Count, zones.Sum(z => z.New), zones.Sum(z => z.Gone), zones.Sum(z => z.Changed), old.Decided,
            Cost(old.Lines), Cost(now.Lines), diff.Nervousness, zones);
    }

    private static bool IsChange(PlanChangeKinds kinds) => kinds is not (PlanChangeKinds.New or PlanChangeKinds.Gone);

    private static int Count(PlanDiff diff, PlanZone zone, Func<PlanChangeKinds, bool> which) => diff.Changes.Count(c => c.Zone == zone && which(c.Kinds));

    private static decimal Cost(IReadOnlyList<PlanDiffLine> lines) => decimal.Round(lines.Sum(l => l.Quantity * (l.UnitCost ?? 0)), 2);

    private static async Task<(CycleRow Row, PlanSettings Settings)> SideAsync(SourcingDb db, Guid id, CancellationToken ct)
    {
        var row = (await db.CycleRowsAsync(db.PlanningCycles.Where(c => c.Id == id), ct)).SingleOrDefault() ?? throw new MissingException("planning cycle");
        if (row.Status is not (CycleStatus.Completed or CycleStatus.CompletedWithErrors))
        {
            throw new RefusedException($"{row.Number} has not finished, so there is nothing to compare. Choose another.");
        }

        var cycle = await db.PlanningCycles.AsNoTracking().Where(c => c.Id == id).Select(c => new { c.Bucket, c.Horizon, c.Parameters }).SingleAsync(ct);
        return (row, new()
        {
            Bucket = cycle.Bucket, BucketCount = Math.Max(1, cycle.Horizon), FrozenFenceDays = CycleJson.ReadDays(cycle.Parameters, nameof(PlanningParameters.FrozenDays), 0),
            ReleaseWindowDays = CycleJson.ReadDays(cycle.Parameters, nameof(PlanningParameters.ReleaseWindowDays), 56),
        });
    }

    private async Task<(IReadOnlyList<PlanDiffLine> Lines, int Decided)> LinesAsync(CycleRow cycle, bool again, bool undecided, CancellationToken ct)
    {
        if (again || cycle.Kind == CycleKind.WhatIf)
        {
            var plan = await plans.PlanAsync(cycle.Id, ct);
            return (await Task.Run(() => WhatIfRun.Lines(plan.Result).ToList(), ct), 0);
        }

        return await database.ReadAsync(
            async (db, token) =>
            {
                var rows = await db.ProcurementRecommendations.AsNoTracking().Where(r => r.CycleId == cycle.Id)
                    .Select(r => new { r.PartId, r.RecommendedSupplierId, r.NeedBucket, r.RecommendedQuantity, r.UnitCost, r.Status, r.SupplierId, r.LeadTimeDays, r.OrderBy }).ToListAsync(token);
                var decided = undecided ? rows.RemoveAll(r => r.Status is RecommendationStatus.Accepted or RecommendationStatus.Converted) : 0;
                return ((IReadOnlyList<PlanDiffLine>)rows.ConvertAll(r => new PlanDiffLine(r.PartId, r.RecommendedSupplierId, r.NeedBucket, r.RecommendedQuantity, r.UnitCost)
                {
                    // Of another supplier that somebody chose it would be that one's.
                    LeadTimeDays = r.SupplierId == r.RecommendedSupplierId ? r.LeadTimeDays : null, OrderBy = r.OrderBy,
                }), decided);
            }, ct);
    }

    private Task<List<ProposalChange>> NamedAsync(List<PlanChange> changes, CancellationToken ct) => database.ReadAsync(
        async (db, token) =>
        {
            var partIds = changes.Select(c => c.MaterialId).Distinct().ToArray();
            var supplierIds = changes.SelectMany(c => new[] { c.Before?.SupplierId, c.After?.SupplierId }).OfType<Guid>().Distinct().ToArray();
            var parts = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => partIds.Contains(p.Id)).Select(p => new { p.Id, p.Number, p.Name, Unit = p.Unit.Code }).ToDictionaryAsync(p => p.Id, token);
            var suppliers = await db.Suppliers.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(s => supplierIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, token);
            ProposalSide? Side(PlanDiffLine? line) => line is { } l
                ? new(l.SupplierId, l.SupplierId is { } id ? suppliers.GetValueOrDefault(id) : null, l.NeedDate, l.Quantity, l.UnitCost) { LeadTimeDays = l.LeadTimeDays, OrderBy = l.OrderBy } : null;
            return changes.ConvertAll(c => new ProposalChange(
                c.MaterialId, parts[c.MaterialId].Number, parts[c.MaterialId].Name, parts[c.MaterialId].Unit, c.Kinds, c.Zone, Side(c.Before), Side(c.After), c.QuantityDelta, c.CostDelta));
        }, ct);

    private static async Task<CycleDetails> DetailsAsync(SourcingDb db, Guid id, CancellationToken ct)
    {
        var row = (await db.CycleRowsAsync(db.PlanningCycles.Where(c => c.Id == id), ct)).SingleOrDefault() ?? throw new MissingException("planning cycle");
        var cycle = await db.PlanningCycles.AsNoTracking().SingleAsync(c => c.Id == id, ct);
        var job = cycle.IsFinished ? null : await db.JobRuns.AsNoTracking().Where(j => j.SubjectId == id && (j.Status == JobStatus.Waiting || j.Status == JobStatus.Running))
            .OrderByDescending(j => j.CreatedAt).Select(j => new { j.Id, j.Progress, j.Message }).FirstOrDefaultAsync(ct);
        var previous = await db.PlanningCycles.Where(c => c.Kind == CycleKind.Live && c.CreatedAt < cycle.CreatedAt && (c.Status == CycleStatus.Completed || c.Status == CycleStatus.CompletedWithErrors))
            .OrderByDescending(c => c.CreatedAt).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct);
        return new()
        {
            Row = row, Horizon = cycle.Horizon, Bucket = cycle.Bucket, InputHash = cycle.InputHash, EngineVersion = cycle.EngineVersion, Version = cycle.Version,
            Parameters = CycleJson.ReadParameters(cycle.Parameters), Changes = await db.InWordsAsync(CycleJson.ReadOverrides(cycle.Overrides), ct),
            Timings = CycleJson.ReadTimings(cycle.Timings), Statements = row.Counts?.Statements, HasSnapshot = await db.PlanningSnapshots.AnyAsync(s => s.CycleId == id, ct),
            JobId = job?.Id, Progress = job?.Progress ?? 0, Doing = job?.Message ?? "", PreviousId = previous,
        };
    }
}
