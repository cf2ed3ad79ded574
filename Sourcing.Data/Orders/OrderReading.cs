using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

/// <summary>A supplier to order from.</summary>
/// <param name="MayOrder">Active and not blocked for orders.</param>
public sealed record SupplierChoice
{
    public Guid Id { get; init; }
    public string Code { get; init; } = "";
    public string Name { get; init; } = "";
    public string Currency { get; init; } = "";
    public string PaymentTerms { get; init; } = "";
    public string Incoterm { get; init; } = "";
    public bool MayOrder { get; init; }
    public string? BlockReason { get; init; }
}

/// <summary>A part to order.</summary>
/// <param name="IsPriced">The supplier has a price for it.</param>
public sealed record PartChoice(Guid Id, string Number, string Name, Guid UnitId, string Unit, bool IsPriced);

public sealed record UnitChoice(Guid Id, string Code);

/// <summary>From entities to what is shown: the same for people inside and for suppliers.</summary>
internal static class OrderReading
{
    public static OrderDetails Details(Order order, string supplier, IReadOnlyDictionary<Guid, string> people) => new()
    {
        Id = order.Id, Version = order.Version, Number = order.Number, ExternalNumber = order.ExternalNumber, Source = order.Source, Status = order.Status,
        PaymentStatus = order.PaymentStatus, SupplierId = order.SupplierId, Supplier = supplier, RfqId = order.RfqId, BuyerId = order.BuyerId,
        Buyer = people.GetValueOrDefault(order.BuyerId, order.ContactName), ContactEmail = order.ContactEmail, Currency = order.Currency, Subtotal = order.Subtotal,
        Freight = order.Freight, TaxRate = order.TaxRate, Tax = order.Tax, Total = order.Total, Payable = order.Payable, PaymentTerms = order.PaymentTerms, Incoterm = order.Incoterm,
        ShipTo = order.ShipTo, Note = order.Note, ExpectedDate = order.ExpectedDate, PromisedDate = order.PromisedDate, DueDate = order.DueDate, IsAtRisk = order.IsAtRisk,
        ReceivedShare = order.ReceivedShare, IssuedAt = order.IssuedAt, AcknowledgedAt = order.AcknowledgedAt, ProductionAt = order.ProductionAt, ShippedAt = order.ShippedAt,
        ReceivedAt = order.ReceivedAt, ClosedAt = order.ClosedAt, CancelledAt = order.CancelledAt, CloseReason = order.CloseReason, ReopenReason = order.ReopenReason, CancelReason = order.CancelReason,
        Revision = order.Revision, InvoicedTotal = order.InvoicedTotal, ApprovedTotal = order.ApprovedTotal,
        Lines = [.. order.Lines.OrderBy(l => l.LineNo).Select(View)],
        Receipts = [.. order.Lines.SelectMany(l => l.Receipts.Select(r => (Line: l, Receipt: r))).OrderByDescending(x => x.Receipt.ReceivedAt).ThenBy(x => x.Line.LineNo)
            .Select(x => new ReceiptView(
                x.Receipt.Id, x.Line.LineNo, x.Line.Description, x.Receipt.Quantity, x.Receipt.RejectedQuantity, x.Line.Unit, x.Receipt.RejectReason, x.Receipt.Note,
                x.Receipt.ReceivedAt, x.Receipt.ReceivedBy is { } by ? people.GetValueOrDefault(by, "") : ""))],
        Shipments = [.. order.Shipments.OrderByDescending(s => s.ShippedAt).ThenBy(s => s.Id).Select(s => new ShipmentView(s.Id, s.Carrier, s.TrackingNumber, s.Mode, s.ShippedAt, s.Eta, s.DeliveredAt))],
        Payments = [.. order.Payments.OrderByDescending(p => p.PaidOn).ThenBy(p => p.Id).Select(p => new PaymentView(p.Id, p.Kind, p.Amount, p.PaidOn, p.Method, p.Reference, p.InvoiceId))],
        DateChanges = [.. order.Lines.SelectMany(l => l.DateChanges.Select(c => (Line: l, Change: c))).OrderByDescending(x => x.Change.ProposedAt).ThenBy(x => x.Line.LineNo)
            .Select(x => new DateChangeView(
                x.Change.Id, x.Line.Id, x.Line.LineNo, x.Line.Description, x.Line.NeedBy, x.Change.PreviousDate, x.Change.ProposedDate, x.Change.Reason, x.Change.ProposedAt,
                x.Change.Status, x.Change.DecisionNote))],
    };

    public static OrderForm Form(Order order) => new()
    {
        Id = order.Id, Version = order.Version, Number = order.Number, SupplierId = order.SupplierId, Currency = order.Currency, PaymentTerms = order.PaymentTerms, Incoterm = order.Incoterm,
        ShipTo = order.ShipTo, Freight = order.Freight, TaxRate = OrderForm.Plain(order.TaxRate), Note = order.Note, InternalNote = order.Internal.Note,
        Lines = [.. order.Lines.OrderBy(l => l.LineNo).Select(l => new OrderLineForm
        {
            Id = l.Id, PartId = l.PartId, PartNumber = l.PartNumber, SupplierPartNumber = l.SupplierPartNumber, Description = l.Description, Quantity = OrderForm.Plain(l.Quantity),
            UnitId = l.UnitId, UnitPrice = OrderForm.Plain(l.UnitPrice), NeedBy = l.NeedBy, PromisedDate = l.PromisedDate,
        })],
    };

    public static async Task<OrderDocument> DocumentAsync(SourcingDb db, Guid id, CancellationToken ct)
    {
        var order = await db.Orders.AsNoTracking().Include(o => o.Lines).SingleOrDefaultAsync(o => o.Id == id, ct) ?? throw new MissingException("order");
        var supplier = await db.Suppliers.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(s => s.Id == order.SupplierId)
            .Select(s => new { s.Code, Party = new PaperParty(s.Name, s.Address, s.Email, s.Phone, s.TaxId), s.Country }).SingleAsync(ct);
        var company = await CompanyService.OfAsync(db, ct);
        var buyer = await db.People.Where(p => p.Id == order.BuyerId).Select(p => new { p.FullName, p.Email }).SingleOrDefaultAsync(ct);
        var rfq = order.RfqId is null ? null : await db.Rfqs.Where(r => r.Id == order.RfqId).Select(r => r.Number).SingleOrDefaultAsync(ct);
        var issued = order.IssuedAt ?? await db.NowAsync(ct);
        return new(
            new(company.Name, company.Address, company.Email, company.Phone, company.TaxId), company.LogoText, company.OrderTerms, supplier.Party with { Address = $"{supplier.Party.Address}\n{CountryName(supplier.Country)}".Trim() }, supplier.Code, order.Number,
            DateOnly.FromDateTime(issued.UtcDateTime), order.Status == OrderStatus.Draft,
            order.ContactName.Length > 0 ? order.ContactName : buyer?.FullName ?? "", order.ContactEmail.Length > 0 ? order.ContactEmail : buyer?.Email ?? "",
            rfq, order.Currency, order.PaymentTerms, order.Incoterm, order.ShipTo, order.Note, [.. order.Lines.OrderBy(l => l.LineNo).Select(View)],
            order.Subtotal, order.Freight, order.TaxRate, order.Tax, order.Total, order.Version)
        {
            Revision = order.Revision,
            RevisedOn = order.Revision == 0 ? null : await db.OrderChanges.Where(c => c.OrderId == id && c.Number == order.Revision).Select(c => c.DecidedAt).SingleOrDefaultAsync(ct) is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null,
        };
    }

    // A letter needs the country's name, where the supplier's record has its two letters.
    private static string CountryName(string country)
    {
        if (country.Length != 2 || !country.All(char.IsAsciiLetter))
        {
            return country;
        }

        try
        {
            return new RegionInfo(country).EnglishName;
        }
        catch (ArgumentException)
        {
            return country;
        }
    }

    public static OrderLineView View(OrderLine l) => new(
        l.Id, l.LineNo, l.PartId, l.PartNumber, l.SupplierPartNumber, l.Description, l.Quantity, l.Unit, l.UnitPrice, l.Amount, l.NeedBy, l.PromisedDate,
        l.ReceivedQuantity, l.RejectedQuantity)
    {
        Invoiced = l.InvoicedQuantity, AgreementLineId = l.AgreementLineId, DateAskedAt = l.DateAskedAt, AskIsOpen = l.DateAskedAt is { } asked && l.DateChanges.All(c => c.ProposedAt < asked),
    };

    /// <summary>A line as a draft that changes nothing of it.</summary>
    public static OrderLineDraft Draft(OrderLine l) =>
        new(l.Id, l.PartId, l.PartNumber, l.SupplierPartNumber, l.Description, l.Quantity, l.UnitId, l.Unit, l.UnitPrice, l.NeedBy, l.PromisedDate, l.RfqLineId, l.AgreementLineId);
}
