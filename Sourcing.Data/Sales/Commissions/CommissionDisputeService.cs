using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>Questions about lines, their answers, and how orders are divided.</summary>
public sealed class CommissionDisputeService(Database database, CurrentUser user, TimeProvider time)
{
    /// <summary>Questions a line of one's own. Refuses somebody else's, and a second question while one is open.</summary>
    public Task<Guid> AskAsync(DisputeForm form, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsRead);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var line = await db.Commissions.AsNoTracking().SingleOrDefaultAsync(c => c.Id == form.CommissionId, token) ?? throw new MissingException("commission");
            if (line.SalesRepId != user.Id)
            {
                throw new RefusedException("A line is questioned by whom it is for.");
            }

            var dispute = new CommissionDispute(line.Id, line.SalesRepId, form.Question, user.Id);
            db.Add(dispute);
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync(CommissionRunService.Topic, ct: token);
            return dispute.Id;
        }, ct);
    }

    /// <summary>
    /// Answers a question. A correction becomes a new, pending line beside the one in question, which stays as it is. Refuses one's own, a second answer,
    /// and fractions of a cent.
    /// </summary>
    public Task AnswerAsync(AnswerForm form, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        FormShape.Demand(form);
        if (form.Correction is { } by && Cents.Round(by) != by)
        {
            throw new RefusedException(nameof(form.Correction), "A correction is in whole cents.");
        }

        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var dispute = await db.CommissionDisputes.SingleOrDefaultAsync(d => d.Id == form.Id, token) ?? throw new MissingException("question");
            db.Entry(dispute).Property(d => d.Version).OriginalValue = form.Version;
            var line = await db.Commissions.AsNoTracking().SingleAsync(c => c.Id == dispute.CommissionId, token);
            var now = await db.NowAsync(token);
            var amount = form.Correction ?? 0;
            var id = amount == 0 ? (Guid?)null : Guid.CreateVersion7();
            dispute.Settle(form.Answer, id, user.Id, now);
            if (id is { } key)
            {
                var arithmetic = LineArithmetic.Read(line.Arithmetic);
                await CommissionRunService.WriteAsync(db, [new(
                    key, CommissionKind.Correction, line.SalesRepId, line.OrderId, $"dispute:{dispute.Id}", line.PlanId, line.PlanVersionId, line.PeriodStart,
                    Days.Today(time.GetUtcNow(), user.Identity.TimeZone), 0, amount, line.Currency, line.Id, new Dictionary<string, decimal>(), new LineArithmetic
                    {
                        Plan = arithmetic.Plan, Version = arithmetic.Version, Currency = line.Currency, Order = arithmetic.Order,
                        Why = string.Create(CultureInfo.InvariantCulture, $"Written by hand in answer to a question about a line of {line.Currency} {line.Amount:#,0.00}: {form.Answer.Trim()}"),
                    })], null, token);
            }

            await db.SaveChangesAsync(token);
            await db.AnnounceAsync(CommissionRunService.Topic, ct: token);
            return dispute.Id;
        }, ct);
    }

    /// <summary>
    /// Divides an order, or gives it back to who was responsible with no share at all. The next run writes what follows from it. Refuses shares that do not
    /// sum to 100 and representatives outside one's tree.
    /// </summary>
    public Task DivideAsync(SharesForm form, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        FormShape.Demand(form);
        var shares = form.Shares.Select(s => new OrderShare(s.RepId!.Value, s.Percent)).ToList();
        if (shares.Count > 0)
        {
            CommissionTermChecks.DemandShares(shares);
        }

        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            if (!await db.OrderSales.AnyAsync(s => s.Id == form.OrderId, token))
            {
                throw new MissingException("order of a customer");
            }

            var wanted = shares.Select(s => s.RepId).ToArray();
            var old = await db.OrderShares.Where(s => s.OrderId == form.OrderId).ToListAsync(token);
            var added = wanted.Except(old.Select(s => s.SalesRepId)).ToArray();
            if (await db.SalesReps.CountAsync(r => added.Contains(r.Id), token) != added.Length)
            {
                throw new RefusedException("Shares", "One of these representatives is not in your team. Ask somebody above both of you to divide the order.");
            }

            db.RemoveRange(old);
            await db.SaveChangesAsync(token);
            db.AddRange(shares.Select(s => new SharedOrder(form.OrderId, s)));
            await db.SaveChangesAsync(token);
            return form.OrderId;
        }, ct);
    }
}
