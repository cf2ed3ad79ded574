using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>Decides on lines of one's tree and pays them. Every act is whole: one line that cannot be decided on refuses all.</summary>
public sealed class CommissionReviewService(Database database, CurrentUser user, TimeProvider time)
{
    /// <summary>
    /// Takes the lines a step on: pending to approved, approved to payable, pending or approved to rejected. Refuses a line of one's own that is named,
    /// a line that stands elsewhere, a rejection without reason, and nothing to decide on. Where no line is named, one's own are left out.
    /// </summary>
    /// <returns>How many lines.</returns>
    public async Task<int> DecideAsync(DecideForm form, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        FormShape.Demand(form);
        if (form.State is not (CommissionState.Approved or CommissionState.Payable or CommissionState.Rejected))
        {
            throw new RefusedException("Lines are approved, made payable or rejected here; they are paid by a payout.");
        }

        var reason = form.Reason.Trim();
        if ((form.State == CommissionState.Rejected) != (reason.Length > 0))
        {
            throw new RefusedException(nameof(form.Reason), form.State == CommissionState.Rejected ? "Say why: the representative reads it." : "A reason is given for a rejection alone.");
        }

        var count = 0;
        await database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await db.AllowMinutesAsync(2, token);
            count = await StepAsync(db, form, reason, token);
            if (count == 0)
            {
                throw new RefusedException(form.Lines.Count > 0 ? "None of these lines waits for this step. Reload the page to see where they stand." : "No line waits for this step. Your own are for another manager to decide on.");
            }

            if (form.Lines.Count > 0 && count != form.Lines.Distinct().Count())
            {
                throw new RefusedException("Some of these lines do not wait for this step, so nothing was done. Reload the page to see where they stand.");
            }

            await db.AnnounceAsync(CommissionRunService.Topic, ct: token);
            return form.FormKey;
        }, ct);
        return count;
    }

    /// <summary>
    /// Pays everything payable of one's tree that was earned in the period, under one reference, whole or not at all. Somebody whose lines come to less
    /// than nothing in a currency is left for a later payout. Refuses a reference that the period has already, and nothing to pay.
    /// </summary>
    /// <returns>The payout.</returns>
    public Task<Guid> PayAsync(PayoutForm form, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        FormShape.Demand(form);
        if (form.PaidOn > Days.Today(time.GetUtcNow(), user.Identity.TimeZone))
        {
            throw new RefusedException(nameof(form.PaidOn), "A payout is recorded when it was made. Choose today or a day before.");
        }

        var (from, until, reference) = (form.From!.Value, form.Until!.Value, form.Reference.Trim());
        if (reference.Length == 0)
        {
            throw new RefusedException(nameof(form.Reference), "Give the reference of the payment, as the bank or payroll knows it.");
        }

        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await db.AllowMinutesAsync(2, token);
            // One payout after the other, so that the second sees what the first has paid.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('commission_payout', 0))", token);
            if (await db.CommissionPayouts.AnyAsync(p => p.PeriodStart == from && p.Reference == reference, token))
            {
                throw new RefusedException(nameof(form.Reference), "A payout of this period has this reference, so nothing was paid. Look at it first; a second payout needs a reference of its own.");
            }

            var lines = await PayableAsync(db, from, until, token);
            if (lines.Count == 0)
            {
                throw new RefusedException("Nothing is payable of this period: it is paid already, or nobody made its lines payable, or what is payable comes to less than nothing.");
            }

            var payout = new CommissionPayout(await db.NextNumberAsync("PAY", token), reference, from, until, form.PaidOn!.Value, user.Id, lines.Count);
            db.Add(payout);
            await db.SaveChangesAsync(token);
            await AddStepsAsync(db, lines, "paid", "", payout.Id, token);
            await db.AnnounceAsync(CommissionRunService.Topic, ct: token);
            return payout.Id;
        }, ct);
    }

    /// <summary>The lines that a payout would pay.</summary>
    internal static Task<List<StepRow>> PayableAsync(SourcingDb db, DateOnly from, DateOnly until, CancellationToken ct) =>
        db.Database.SqlQuery<StepRow>(
            $"""
            select x.id as "Id", x.step as "Step" from (
                select c.id, s.step, sum(c.amount) over (partition by c.sales_rep_id, c.currency) as total
                from commissions c join commission_standings s on s.commission_id = c.id
                where s.state = 'payable' and c.earned_on >= {from} and c.earned_on < {until}) x
            where x.total >= 0
            """).ToListAsync(ct);

    private async Task<int> StepAsync(SourcingDb db, DecideForm form, string reason, CancellationToken ct)
    {
        var (state, named) = (Words.Snake(form.State.ToString()), form.Lines.Distinct().ToArray());
        string[] before = form.State switch { CommissionState.Approved => ["pending"], CommissionState.Payable => ["approved"], _ => ["pending", "approved"] };
        var lines = await db.Database.SqlQuery<StepRow>(
            $"""
            select c.id as "Id", s.step as "Step"
            from commissions c join commission_standings s on s.commission_id = c.id
            where s.state = any ({before}) and c.earned_on >= {form.From} and c.earned_on < {form.Until}
                and (c.id = any ({named}) or (cardinality({named}) = 0 and c.sales_rep_id <> {user.Id} and ({form.RepId}::uuid is null or c.sales_rep_id = {form.RepId})))
            """).ToListAsync(ct);
        await AddStepsAsync(db, lines, state, reason, null, ct);
        return lines.Count;
    }

    // Read first, then written: a statement that does both looks for the last step among those that it has just written.
    private Task<int> AddStepsAsync(SourcingDb db, IReadOnlyCollection<StepRow> lines, string state, string reason, Guid? payoutId, CancellationToken ct)
    {
        var (ids, steps) = (lines.Select(l => l.Id).ToArray(), lines.Select(l => l.Step + 1).ToArray());
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into commission_events (id, commission_id, step, state, done_by, reason, payout_id)
            select gen_random_uuid(), a.id, a.step, {state}, {user.Id}, {reason}, {payoutId}::uuid from unnest({ids}, {steps}) as a(id, step)
            """, ct);
    }

    /// <summary>A line and how many steps it has taken.</summary>
    internal sealed record StepRow(Guid Id, int Step);
}
