using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Orders;

/// <summary>Whether something can be called off.</summary>
public enum AgreementState
{
    /// <summary>Its first day is still to come.</summary>
    Upcoming,
    Valid,

    /// <summary>Its last day has passed.</summary>
    Expired,

    /// <summary>Ended before its last day.</summary>
    Ended,
}

/// <summary>An agreement in the list.</summary>
public sealed record AgreementRow
{
    public Guid Id { get; init; }
    public string Number { get; init; } = "";
    public string Title { get; init; } = "";
    public Guid SupplierId { get; init; }
    public string Supplier { get; init; } = "";
    public AgreementState State { get; init; }
    public DateOnly ValidFrom { get; init; }
    public DateOnly ValidTo { get; init; }
    public string Currency { get; init; } = "";
    public decimal? MostValue { get; init; }
    public decimal UsedValue { get; init; }

    /// <summary>Used of agreed, 0 to 1: by value where one is agreed, else of the line of which the most is used.</summary>
    public decimal UsedShare { get; init; }
    public int Lines { get; init; }
}

/// <summary>The list of blanket agreements.</summary>
public sealed class AgreementList(Database database, CurrentUser user, TimeProvider time) : ListSource<AgreementRow>(database, user)
{
    private static readonly ListShape<AgreementRow> Columns = new ListShape<AgreementRow>("agreements", "Agreements", a => a.Id)
        .Add(a => a.Number, "Number", FieldKind.Code)
        .Add(a => a.Title, "What", FieldKind.Text)
        .Add(a => a.Supplier, "Supplier", FieldKind.Text)
        .Add(a => a.State, "State", FieldKind.Choice)
        .Add(a => a.ValidFrom, "Valid from", FieldKind.Date, hidden: true)
        .Add(a => a.ValidTo, "Valid to", FieldKind.Date)
        .Add(a => a.UsedShare, "Called off", FieldKind.Percent)
        .Add(a => a.UsedValue, "Value called off", FieldKind.Money, currency: a => a.Currency)
        .Add(a => a.MostValue, "Agreed value", FieldKind.Money, currency: a => a.Currency)
        .Add(a => a.Lines, "Lines", FieldKind.Number)
        .OrderedBy("validTo");

    /// <inheritdoc/>
    public override ListShape<AgreementRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.OrdersRead;

    /// <inheritdoc/>
    protected override IQueryable<AgreementRow> Rows(SourcingDb db, string search)
    {
        var today = Days.Today(time.GetUtcNow(), User.Identity.TimeZone);
        var rows =
            from a in db.Agreements
            where a.DeletedAt == null
            join s in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on a.SupplierId equals s.Id
            let used = db.AgreementTallies.Where(t => t.AgreementId == a.Id).Sum(t => t.Value)
            let most = a.Lines.Where(l => l.MostQuantity != null).Max(l => db.AgreementTallies.Where(t => t.AgreementLineId == l.Id).Sum(t => t.Quantity) / l.MostQuantity)
            select new AgreementRow
            {
                Id = a.Id, Number = a.Number, Title = a.Title, SupplierId = s.Id, Supplier = s.Name, ValidFrom = a.ValidFrom, ValidTo = a.ValidTo, Currency = a.Currency, MostValue = a.MostValue,
                State = a.EndedAt != null ? AgreementState.Ended : a.ValidFrom > today ? AgreementState.Upcoming : a.ValidTo < today ? AgreementState.Expired : AgreementState.Valid,
                UsedValue = used, UsedShare = Math.Round(a.MostValue != null && (most == null || used / a.MostValue > most) ? used / a.MostValue!.Value : most ?? 0m, 4), Lines = a.Lines.Count,
            };
        if (search.Length == 0)
        {
            return rows;
        }

        var like = LikePattern.Containing(search);
        return rows.Where(r => EF.Functions.ILike(r.Number, like) || EF.Functions.ILike(r.Title, like) || EF.Functions.ILike(r.Supplier, like)
            || db.AgreementLines.Any(l => l.AgreementId == r.Id && (EF.Functions.ILike(l.PartNumber, like) || EF.Functions.ILike(l.Description, like))));
    }
}

/// <summary>Reads agreements: for people inside, and for their supplier what row-level security shows.</summary>
public sealed class AgreementQueries(Database database, CurrentUser user)
{
    /// <summary>At most so many call-offs and, for a supplier, agreements are shown.</summary>
    public const int Most = 500;

    /// <summary>An agreement with what is left of it and its call-offs, the latest first.</summary>
    public Task<AgreementDetails> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.OrdersRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var agreement = await db.Agreements.AsNoTracking().Include(a => a.Lines).ThenInclude(l => l.Breaks).SingleOrDefaultAsync(a => a.Id == id, token) ?? throw new MissingException("agreement");
                var supplier = await db.Suppliers.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(s => s.Id == agreement.SupplierId).Select(s => s.Name).SingleAsync(token);
                var buyer = await db.People.Where(p => p.Id == agreement.BuyerId).Select(p => p.FullName).SingleOrDefaultAsync(token) ?? "";
                var tallies = await TalliesAsync(db, [id], token);
                return View(agreement, tallies) with { Supplier = supplier, Buyer = buyer, CallOffs = await CallOffsAsync(db, id, token) };
            },
            ct);
    }

    /// <summary>The agreements of the supplier who is signed in, those that hold longest first.</summary>
    public Task<IReadOnlyList<AgreementDetails>> OfSupplierAsync(CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        return database.ReadAsync<IReadOnlyList<AgreementDetails>>(
            async (db, token) =>
            {
                var agreements = await db.Agreements.AsNoTracking().Include(a => a.Lines).ThenInclude(l => l.Breaks).OrderByDescending(a => a.ValidTo).ThenBy(a => a.Id).Take(Most).ToListAsync(token);
                var tallies = await TalliesAsync(db, [.. agreements.Select(a => a.Id)], token);
                return [.. agreements.Select(a => View(a, tallies))];
            },
            ct);
    }

    private static async Task<Dictionary<Guid, AgreementTally>> TalliesAsync(SourcingDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.AgreementTallies.Where(t => ids.Contains(t.AgreementId)).ToDictionaryAsync(t => t.AgreementLineId, ct);

    private static async Task<IReadOnlyList<CallOffView>> CallOffsAsync(SourcingDb db, Guid id, CancellationToken ct) =>
        await (
            from a in db.AgreementLines
            where a.AgreementId == id
            join l in db.OrderLines on a.Id equals l.AgreementLineId
            join o in db.Orders on l.OrderId equals o.Id
            orderby o.OrderedAt descending, o.Id, l.LineNo
            select new CallOffView(
                o.Id, o.Number, l.LineNo, o.Status, a.LineNo, l.Quantity, l.Unit, l.UnitPrice, l.ReceivedQuantity,
                o.Status == OrderStatus.Cancelled ? 0 : o.Status == OrderStatus.Closed && o.CloseReason != "" ? (l.ReceivedQuantity < l.Quantity ? l.ReceivedQuantity : l.Quantity) : l.Quantity, o.OrderedAt))
            .Take(Most).ToListAsync(ct);

    private static AgreementDetails View(Agreement agreement, Dictionary<Guid, AgreementTally> tallies) => new()
    {
        Id = agreement.Id, Version = agreement.Version, Number = agreement.Number, Title = agreement.Title, SupplierId = agreement.SupplierId, Currency = agreement.Currency,
        ValidFrom = agreement.ValidFrom, ValidTo = agreement.ValidTo, MostValue = agreement.MostValue, PaymentTerms = agreement.PaymentTerms, Incoterm = agreement.Incoterm, Note = agreement.Note,
        EndedAt = agreement.EndedAt, EndReason = agreement.EndReason,
        Lines = [.. agreement.Lines.OrderBy(l => l.LineNo).Select(l => new AgreementLineView(
            l.Id, l.LineNo, l.PartId, l.PartNumber, l.SupplierPartNumber, l.Description, l.Unit, l.UnitPrice, l.MostQuantity,
            tallies.GetValueOrDefault(l.Id)?.Quantity ?? 0, tallies.GetValueOrDefault(l.Id)?.Value ?? 0, [.. l.Breaks.OrderBy(b => b.MinimumQuantity).Select(b => (b.MinimumQuantity, b.UnitPrice))]))],
    };
}
