using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>The ledger: one's own lines and those of everybody below.</summary>
public sealed class CommissionList(Database database, CurrentUser user) : ListSource<CommissionRow>(database, user)
{
    private static readonly ListShape<CommissionRow> Columns = new ListShape<CommissionRow>("commissions", "Commissions", c => c.Id)
        .Add(c => c.EarnedOn, "Earned", FieldKind.Date)
        .Add(c => c.Rep, "Representative", FieldKind.Text)
        .Add(c => c.Order, "Order", FieldKind.Code)
        .Add(c => c.Kind, "Kind", FieldKind.Choice)
        .Add(c => c.State, "State", FieldKind.Choice)
        .Add(c => c.Base, "Base", FieldKind.Money, currency: c => c.Currency)
        .Add(c => c.Rate, "Rate, %", FieldKind.Number, decimals: 4)
        .Add(c => c.Tier, "Tier", FieldKind.Text, hidden: true)
        .Add(c => c.Amount, "Amount", FieldKind.Money, currency: c => c.Currency, totalled: true)
        .Add(c => c.Currency, "Currency", FieldKind.Code, hidden: true)
        .Add(c => c.Plan, "Plan", FieldKind.Text, hidden: true)
        .Add(c => c.PlanVersion, "Version", FieldKind.Number, hidden: true)
        .Add(c => c.IsDisputed, "Questioned", FieldKind.Flag, sortable: false, hidden: true)
        .Add(c => c.WrittenAt, "Written", FieldKind.Moment, hidden: true)
        .OrderedBy("earnedOn", descending: true);

    /// <inheritdoc/>
    public override ListShape<CommissionRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.CommissionsRead;

    /// <summary>The lines that this person may see, as rows.</summary>
    internal static IQueryable<CommissionRow> Lines(SourcingDb db) =>
        from c in db.Commissions
        join s in db.CommissionStandings on c.Id equals s.CommissionId
        join v in db.CommissionPlanVersions on c.PlanVersionId equals v.Id into versions
        from version in versions.DefaultIfEmpty()
        join l in db.CommissionPlans on c.PlanId equals l.Id into plans
        from plan in plans.DefaultIfEmpty()
        join o in db.Orders.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on c.OrderId equals o.Id into orders
        from order in orders.DefaultIfEmpty()
        join p in db.People on c.SalesRepId equals p.Id into people
        from person in people.DefaultIfEmpty()
        select new CommissionRow
        {
            Id = c.Id, SalesRepId = c.SalesRepId, Rep = person.FullName ?? "", Kind = c.Kind, State = s.State, OrderId = c.OrderId, Order = order.Number ?? SourcingDb.OrderTold(c.Arithmetic) ?? "", SeesOrder = order != null, EarnedOn = c.EarnedOn,
            Base = c.BaseAmount, Rate = c.Rate, Amount = c.Amount, Currency = c.Currency, Tier = c.Tier, Plan = plan.Name ?? "", PlanVersion = (int?)version.Number ?? 0,
            IsDisputed = db.CommissionDisputes.Any(d => d.CommissionId == c.Id && d.Status == DisputeStatus.Open), WrittenAt = c.CreatedAt,
        };

    /// <inheritdoc/>
    protected override IQueryable<CommissionRow> Rows(SourcingDb db, string search)
    {
        var rows = Lines(db);
        if (search.Length == 0)
        {
            return rows;
        }

        var like = LikePattern.Containing(search);
        return rows.Where(r => EF.Functions.ILike(r.Rep, like) || EF.Functions.ILike(r.Order, like));
    }
}
