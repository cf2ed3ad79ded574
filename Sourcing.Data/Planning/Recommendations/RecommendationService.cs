using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Planning;

/// <summary>
/// Decides on recommendations: accepts, rejects, changes, and turns them into drafts of RFQs and orders. Whoever acts on many gets all of them
/// or a refusal that names each row at fault.
/// </summary>
public sealed partial class RecommendationService(Database database, CurrentUser user, RecommendationQueries queries, RfqService rfqs, OrderService orders)
{
    /// <summary>What pages listen to.</summary>
    public const string Topic = "recommendations";

    /// <summary>
    /// Saves another quantity, day or supplier, with price, total and last day to order that follow, and accepts it if the form says so. Refuses what
    /// <see cref="RecommendationQueries.PreviewAsync"/> names as a refusal, and a quantity that the supplier does not sell unless it agreed.
    /// </summary>
    public Task<Guid> EditAsync(RecommendationForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningAccept);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var loaded = await LoadAsync(db, [form.Id], token);
            await DemandAsync(db, loaded, [RecommendationStatus.Proposed], null, token);
            var row = loaded[0].Row;
            if (row.Version != form.Version)
            {
                throw new ConflictException();
            }

            var preview = await RecommendationConsequences.PreviewAsync(db, row, form.Quantity!.Value, form.NeedBy!.Value, form.SupplierId, token);
            var faults = preview.Consequences.Where(c => c.Kind == ConsequenceKind.Refusal || (c.Kind == ConsequenceKind.NeedsAgreement && !form.SupplierAgreed)).ToList();
            if (faults.Count > 0)
            {
                throw new RefusedException([.. faults.Select(c => new FieldError(c.Field, c.Text))]);
            }

            row.Edit(form.Quantity.Value, form.NeedBy.Value, form.SupplierId, preview.OrderBy);
            row.Cost(preview.UnitCost, preview.Total, preview.Total is null ? row.Currency : preview.Currency, preview.LeadTimeDays);
            if (form.Accept)
            {
                row.Accept(user.Id, await db.NowAsync(token));
            }

            return await DoneAsync(db, loaded, token);
        }, ct);
    }

    /// <summary>Somebody stands for these: the next plans count them as firm receipts.</summary>
    public Task<Guid> AcceptAsync(RecommendationsForm form, CancellationToken ct) =>
        ActAsync(form, [RecommendationStatus.Proposed], (row, now) => row.Accept(user.Id, now), ct);

    /// <summary>Not these. The next plan that sees the same need shows who said so and why.</summary>
    public Task<Guid> RejectAsync(RejectRecommendationsForm form, CancellationToken ct) =>
        ActAsync(form, [RecommendationStatus.Proposed], (row, now) => row.Reject(form.Reason, user.Id, now), ct);

    /// <summary>
    /// What was accepted or rejected is proposed again; so is what was turned into an RFQ or order that was cancelled or deleted since. Of a plan that
    /// is no longer the last nothing is proposed: the next one decides about the need anew.
    /// </summary>
    public Task<Guid> TakeBackAsync(RecommendationsForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningAccept);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var loaded = await LoadAsync(db, [.. form.Rows.Select(r => r.Id)], token);
            var standing = await RecommendationOutcomes.StandingAsync(db, [.. loaded.Select(l => l.Row.Id)], token);
            await DemandAsync(
                db, loaded.Where(l => l.Row.Status != RecommendationStatus.Converted || standing.Contains(l.Row.Id)).ToList(),
                [RecommendationStatus.Accepted, RecommendationStatus.Rejected], form.Rows, token);
            var last = await RecommendationQueries.LastFinished(db).Select(c => c.Id).FirstOrDefaultAsync(token);
            foreach (var (row, _) in loaded)
            {
                row.TakeBack(cameToNothing: !standing.Contains(row.Id));
                if (row.CycleId != last)
                {
                    row.Supersede();
                }
            }

            return await DoneAsync(db, loaded, token);
        }, ct);
    }

    private Task<Guid> ActAsync(RecommendationsForm form, RecommendationStatus[] from, Action<ProcurementRecommendation, DateTimeOffset> act, CancellationToken ct)
    {
        user.Demand(Permission.PlanningAccept);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var loaded = await LoadAsync(db, [.. form.Rows.Select(r => r.Id)], token);
            await DemandAsync(db, loaded, from, form.Rows, token);
            var now = await db.NowAsync(token);
            foreach (var (row, _) in loaded)
            {
                act(row, now);
            }

            return await DoneAsync(db, loaded, token);
        }, ct);
    }

    // The rows are the lock: of two who decide at once the second waits here, and then reads who did it.
    private static async Task<IReadOnlyList<(ProcurementRecommendation Row, string Part)>> LoadAsync(SourcingDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var wanted = ids.Distinct().ToArray();
        await db.Database.ExecuteSqlAsync($"select 1 from procurement_recommendations where id = any({wanted}) order by id for update", ct);
        var rows = await db.ProcurementRecommendations.Where(r => wanted.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        if (rows.Count < wanted.Length)
        {
            throw new MissingException("recommendation");
        }

        var parts = rows.Values.Select(r => r.PartId).Distinct().ToList();
        var numbers = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => parts.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Number, ct);
        return [.. wanted.Select(id => (rows[id], numbers[rows[id].PartId]))];
    }

    /// <summary>Refuses, row by row, what is decided already, what another plan has overtaken, and what changed since it was looked at.</summary>
    /// <param name="seen">What the person looked at; null where the form's own version says it.</param>
    private static async Task DemandAsync(
        SourcingDb db, IReadOnlyList<(ProcurementRecommendation Row, string Part)> loaded, RecommendationStatus[] from, IReadOnlyList<RecommendationRef>? seen, CancellationToken ct)
    {
        var last = await RecommendationQueries.LastFinished(db).Select(c => c.Id).FirstOrDefaultAsync(ct);
        var versions = seen?.DistinctBy(r => r.Id).ToDictionary(r => r.Id, r => r.Version);
        var words = await RecommendationWords.LoadAsync(db, [.. loaded.Select(l => l.Row).Where(r => !from.Contains(r.Status))], ct);
        var faults = new List<FieldError>();
        for (var i = 0; i < loaded.Count; i++)
        {
            var (row, part) = loaded[i];
            var fault = !from.Contains(row.Status) ? words.WhyDecided(row)
                : row.Status == RecommendationStatus.Proposed && row.CycleId != last ? "a later plan has the word, or it belongs to a what-if. Look at the newest recommendations."
                : versions is not null && versions.GetValueOrDefault(row.Id) != row.Version ? $"somebody changed it since you looked: it is {RecommendationConsequences.Number(row.Quantity)} now, needed by {RecommendationConsequences.Day(row.NeedBy)}. Look again before you decide."
                : null;
            if (fault is not null)
            {
                faults.Add(new($"Rows[{i}]", $"{part}: {fault}"));
            }
        }

        if (faults.Count > 0)
        {
            throw new RefusedException(faults);
        }
    }

    private static async Task<Guid> DoneAsync(SourcingDb db, IReadOnlyList<(ProcurementRecommendation Row, string Part)> loaded, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await db.AnnounceAsync(Topic, loaded.Count == 1 ? loaded[0].Row.Id : null, ct);
        return loaded[0].Row.Id;
    }
}
