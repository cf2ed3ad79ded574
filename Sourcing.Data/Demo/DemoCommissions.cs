using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Sales.Commissions;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data.Demo;

/// <summary>
/// Commissions of the company's representatives: a plan with tiers and one for managers, a divided order, the two months before this one run, approved and
/// paid, an order refunded with its clawback, a question that waits for its answer, and the draft of a version that pays more from the next quarter on. Made by the same services that people use.
/// </summary>
/// <param name="services">Of a scope whose person may be changed.</param>
/// <param name="admin">Who approves and pays.</param>
public sealed class DemoCommissions(IServiceProvider services, SystemSession sessions, Guid admin)
{
    private readonly Database _database = services.GetRequiredService<Database>();
    private readonly CommissionReviewService _review = services.GetRequiredService<CommissionReviewService>();

    /// <summary>Makes it all of the orders that have a customer; without any it makes the plans alone.</summary>
    public async Task MakeAsync(CancellationToken ct)
    {
        await BecomeAsync(admin, ct);
        var now = await _database.ReadAsync((db, token) => db.NowAsync(token), ct);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var month = new DateOnly(today.Year, today.Month, 1);
        var direct = await PlansAsync(month.AddYears(-1), ct);
        await DivideAsync(ct);
        for (var back = 2; back > 0; back--)
        {
            var end = month.AddMonths(1 - back);
            await RunAsync(end.AddDays(-1), ct);
            // The first payout takes along all that was earned before.
            await PayAsync(back == 2 ? month.AddYears(-2) : end.AddMonths(-1), end, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SEPA-{end.AddDays(-1):yyyy-MM}"), ct);
        }

        await RefundAsync(today, ct);
        await RunAsync(today, ct);
        await AskAsync(ct);
        await DraftAsync(direct, month.AddMonths(3 - ((month.Month - 1) % 3)), ct);
    }

    /// <returns>The plan of those who sell.</returns>
    private async Task<Guid> PlansAsync(DateOnly from, CancellationToken ct)
    {
        var people = await _database.ReadAsync(
            async (db, token) => await db.SalesReps.Where(r => r.IsActive).OrderBy(r => r.Id).Select(r => new { r.Id, Leads = db.SalesReps.Any(x => x.ManagerId == r.Id) }).ToListAsync(token), ct);
        var direct = await PlanAsync(new()
        {
            Name = "Direct sales", Period = ScorePeriod.Quarter, ValidFrom = from, Base = CommissionBase.OrderAmount, Event = EarningEvent.Issued, ClawbackDays = 180, Accelerator = 1.25m,
            Rules =
            [
                new() { CustomerTier = "Prospect", Tiers = [new() { Percent = 6 }] },
                new() { Shape = RateShape.Marginal, Tiers = [new() { Percent = 2 }, new() { From = 25_000, Percent = 3 }, new() { From = 100_000, Percent = 4 }] },
            ],
            Bonuses = [new() { AttainmentPercent = 100, Amount = 750 }],
        }, ct);
        var leads = await PlanAsync(new()
        {
            Name = "Sales managers", Period = ScorePeriod.Quarter, ValidFrom = from, Base = CommissionBase.OrderAmount, Event = EarningEvent.Issued, ClawbackDays = 180,
            Rules = [new() { Tiers = [new() { Percent = 2 }] }], OverridePercent = 15, OverrideOf = OverrideOf.Commission, OverrideReach = OverrideReach.WholeTree,
        }, ct);
        foreach (var person in people)
        {
            await services.GetRequiredService<CommissionPlanService>().AssignAsync(new() { PlanId = person.Leads ? leads : direct, RepId = person.Id, From = from }, ct);
        }

        return direct;
    }

    // To be tried over past orders before it is switched on.
    private async Task DraftAsync(Guid plan, DateOnly from, CancellationToken ct)
    {
        var plans = services.GetRequiredService<CommissionPlanService>();
        var draft = await plans.DraftAsync(plan, from, Guid.CreateVersion7(), ct);
        var form = await services.GetRequiredService<CommissionPlanQueries>().FormAsync(plan, draft, ct);
        form.Accelerator = 1.5m;
        form.Rules[1].Tiers[^1].Percent = 5;
        await plans.SaveAsync(form, ct);
    }

    private async Task<Guid> PlanAsync(PlanForm form, CancellationToken ct)
    {
        var plans = services.GetRequiredService<CommissionPlanService>();
        var id = await plans.SaveAsync(form, ct);
        var plan = (await services.GetRequiredService<CommissionPlanQueries>().PlanAsync(id, ct))!;
        await plans.ActivateAsync(id, plan.Versions[0].Id, plan.Version, ct);
        return id;
    }

    private async Task DivideAsync(CancellationToken ct)
    {
        var (order, first, second) = await _database.ReadAsync(
            async (db, token) =>
            {
                var sold = await db.OrderSales.Where(s => s.SalesRepId != null && db.Orders.Any(o => o.Id == s.Id && o.IssuedAt != null)).OrderBy(s => s.Id).Select(s => new { s.Id, s.SalesRepId }).FirstOrDefaultAsync(token);
                var other = await db.SalesReps.Where(r => r.IsActive && sold != null && r.Id != sold.SalesRepId && r.ManagerId != null).OrderBy(r => r.Id).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(token);
                return (sold?.Id, sold?.SalesRepId, other);
            }, ct);
        if (order is { } id && first is not null && second is not null)
        {
            await services.GetRequiredService<CommissionDisputeService>().DivideAsync(new() { OrderId = id, Shares = [new() { RepId = first, Percent = 60 }, new() { RepId = second, Percent = 40 }] }, ct);
        }
    }

    private Task RunAsync(DateOnly through, CancellationToken ct) => services.GetRequiredService<CommissionRunService>().RunAsync(new() { Through = through }, ct);

    private async Task PayAsync(DateOnly from, DateOnly until, string reference, CancellationToken ct)
    {
        foreach (var (state, before) in new[] { (CommissionState.Approved, CommissionState.Pending), (CommissionState.Payable, CommissionState.Approved) })
        {
            if (await AnyAsync(before, from, until, ct))
            {
                await _review.DecideAsync(new() { State = state, From = from, Until = until }, ct);
            }
        }

        if (await _database.ReadAsync(async (db, token) => (await CommissionReviewService.PayableAsync(db, from, until, token)).Count > 0, ct))
        {
            await _review.PayAsync(new() { From = from, Until = until, Reference = reference, PaidOn = until }, ct);
        }
    }

    private Task<bool> AnyAsync(CommissionState state, DateOnly from, DateOnly until, CancellationToken ct) => _database.ReadAsync(
        (db, token) => db.Commissions.AnyAsync(c => c.SalesRepId != admin && c.EarnedOn >= from && c.EarnedOn < until && db.CommissionStandings.Any(s => s.CommissionId == c.Id && s.State == state), token), ct);

    private async Task RefundAsync(DateOnly today, CancellationToken ct)
    {
        var paid = await _database.ReadAsync(
            async (db, token) => await db.Commissions.Where(c => c.Kind == CommissionKind.Order && c.EarnedOn >= today.AddDays(-150))
                .Join(db.Orders.Include(o => o.Payments), c => c.OrderId, o => o.Id, (c, o) => o).Where(o => o.Payments.Any() && o.Payments.All(p => p.Kind == PaymentKind.Payment && p.InvoiceId == null))
                .OrderByDescending(o => o.IssuedAt).ThenBy(o => o.Id).Select(o => new { o.Id, Paid = o.Payments.Sum(p => p.Amount) }).FirstOrDefaultAsync(token), ct);
        if (paid is not null)
        {
            await services.GetRequiredService<OrderPaymentService>().RecordAsync(
                new() { Id = paid.Id, Kind = PaymentKind.Refund, Amount = decimal.Round(paid.Paid * 0.25m, 2), PaidOn = today, Method = "Bank transfer", Reference = "Returned goods" }, ct);
        }
    }

    private async Task AskAsync(CancellationToken ct)
    {
        var line = await _database.ReadAsync(
            (db, token) => db.Commissions.Where(c => c.Kind == CommissionKind.Order && c.Amount > 0).OrderByDescending(c => c.EarnedOn).ThenBy(c => c.Id).Select(c => new { c.Id, c.SalesRepId }).FirstOrDefaultAsync(token), ct);
        if (line is not null)
        {
            await BecomeAsync(line.SalesRepId, ct);
            await services.GetRequiredService<CommissionDisputeService>().AskAsync(
                new() { CommissionId = line.Id, Question = "The customer was a prospect until this order, so the rate for prospects should count." }, ct);
            await BecomeAsync(admin, ct);
        }
    }

    private async Task BecomeAsync(Guid person, CancellationToken ct) => services.GetRequiredService<CurrentUser>().Become(await sessions.OfPersonAsync(person, ct));
}
