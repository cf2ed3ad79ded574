using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

/// <summary>Reads orders for people inside.</summary>
public sealed class OrderQueries(Database database, CurrentUser user)
{
    /// <summary>An order as its page shows it.</summary>
    public Task<OrderDetails> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.OrdersRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var order = await db.Orders.AsNoTracking().Include("_internal").Include(o => o.Payments).Include(o => o.Shipments)
                    .Include(o => o.Lines).ThenInclude(l => l.Receipts).Include(o => o.Lines).ThenInclude(l => l.DateChanges)
                    .SingleOrDefaultAsync(o => o.Id == id, token) ?? throw new MissingException("order");
                var supplier = await db.Suppliers.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(s => s.Id == order.SupplierId)
                    .Select(s => new { s.Name, s.Email, Contact = s.Contacts.Where(c => c.DeletedAt == null && c.Email != "").OrderBy(c => c.Id).Select(c => c.Email).FirstOrDefault() })
                    .SingleAsync(token);
                var rfq = order.RfqId is null ? null : await db.Rfqs.Where(r => r.Id == order.RfqId).Select(r => r.Number).SingleOrDefaultAsync(token);
                var people = await NamesAsync(db, order, token);
                var view = OrderReading.Details(order, supplier.Name, people);
                var inside = await InsideAsync(db, order, people, token);
                var called = order.Lines.Select(l => l.AgreementLineId).OfType<Guid>().Distinct().ToList();
                var agreements = called.Count == 0 ? [] : await db.Agreements.Where(a => a.Lines.Any(l => called.Contains(l.Id))).OrderBy(a => a.Number).Select(a => new { a.Id, a.Number }).ToListAsync(token);
                return view with
                {
                    Changes = await OrderChangeService.ViewsAsync(db, order.Id, order.Currency, user.Id, inside.Limit, token),
                    Invoices = await InvoiceService.ViewsAsync(db, order, user.Id, inside.Limit, token), Agreements = [.. agreements.Select(a => (a.Id, a.Number))],
                    SupplierContactEmail = supplier.Email.Length > 0 ? supplier.Email : supplier.Contact ?? "", RfqNumber = rfq, Inside = inside,
                };
            },
            ct);
    }

    /// <summary>A draft as a form; a new one in the supplier's currency and terms when <paramref name="id"/> is null. Refuses an order that is past its draft.</summary>
    public Task<OrderForm> FormAsync(Guid? id, Guid? supplierId, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                if (id is null)
                {
                    var form = new OrderForm { Lines = [new()] };
                    return supplierId is { } chosen ? Fill(form, await SupplierAsync(db, chosen, token)) : form;
                }

                var order = await db.Orders.AsNoTracking().Include("_internal").Include(o => o.Lines).SingleOrDefaultAsync(o => o.Id == id, token)
                    ?? throw new MissingException("order");
                return order.Status == OrderStatus.Draft
                    ? OrderReading.Form(order)
                    : throw new RefusedException($"{order.Number} is {Words.Spaced(order.Status).ToLowerInvariant()}, and only a draft can be changed. An approved order can be taken back to draft.");
            },
            ct);
    }

    /// <summary>One supplier as a choice.</summary>
    public Task<SupplierChoice> SupplierAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.ReadAsync((db, token) => SupplierAsync(db, id, token), ct);
    }

    /// <summary>What the supplier asks for this part, in the order's currency.</summary>
    public Task<PartOffer?> OfferAsync(Guid supplierId, Guid partId, string currency, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.ReadAsync(
            async (db, token) => (await db.OffersAsync(supplierId, [partId], currency, DateOnly.FromDateTime((await db.NowAsync(token)).UtcDateTime), token)).GetValueOrDefault(partId),
            ct);
    }

    /// <summary>What the supplier asks for the parts of an order.</summary>
    public Task<IReadOnlyDictionary<Guid, PartOffer>> OffersAsync(Guid supplierId, IReadOnlyCollection<Guid> partIds, string currency, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.ReadAsync(
            async (db, token) => await db.OffersAsync(supplierId, partIds, currency, DateOnly.FromDateTime((await db.NowAsync(token)).UtcDateTime), token), ct);
    }

    /// <summary>Parts found by number, name or cross-reference, the best first, at most 12; those of the supplier's price list are marked.</summary>
    public Task<IReadOnlyList<PartChoice>> PartsAsync(Guid? supplierId, string text, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.ReadAsync<IReadOnlyList<PartChoice>>(
            async (db, token) => await db.Database
                .SqlQuery<SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_parts({text.Trim()}, 48)")
                .Join(db.Parts, hit => hit.Id, part => part.Id, (hit, part) => new { hit.Rank, Part = part })
                .OrderByDescending(x => x.Rank).ThenBy(x => x.Part.Number).Take(12)
                .Select(x => new PartChoice(
                    x.Part.Id, x.Part.Number, x.Part.Name, x.Part.UnitId, x.Part.Unit.Code, db.SupplierParts.Any(s => s.PartId == x.Part.Id && s.SupplierId == supplierId)))
                .ToListAsync(token),
            ct);
    }

    /// <summary>One part as a choice, deleted or not; null for none.</summary>
    public Task<PartChoice?> PartAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.ReadAsync(
            (db, token) => db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => p.Id == id)
                .Select(p => new PartChoice(p.Id, p.Number, p.Name, p.UnitId, p.Unit.Code, false)).SingleOrDefaultAsync(token),
            ct);
    }

    /// <summary>Every unit, by code.</summary>
    public Task<IReadOnlyList<UnitChoice>> UnitsAsync(CancellationToken ct)
    {
        user.Demand(Permission.OrdersRead);
        return database.ReadAsync<IReadOnlyList<UnitChoice>>(
            async (db, token) => await db.Units.OrderBy(u => u.Code).Select(u => new UnitChoice(u.Id, u.Code)).Take(500).ToListAsync(token), ct);
    }

    /// <summary>The order on paper.</summary>
    public Task<OrderDocument> DocumentAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.OrdersRead);
        return database.ReadAsync((db, token) => OrderReading.DocumentAsync(db, id, token), ct);
    }

    private static IQueryable<SupplierChoice> Choices(SourcingDb db) => db.Suppliers
        .Select(s => new SupplierChoice
        {
            Id = s.Id, Code = s.Code, Name = s.Name, Currency = s.Currency, PaymentTerms = s.PaymentTerms, Incoterm = s.Incoterm,
            MayOrder = s.IsActive && s.BlockedFor != Suppliers.SupplierBlock.Order, BlockReason = s.BlockReason,
        });

    private static async Task<SupplierChoice> SupplierAsync(SourcingDb db, Guid id, CancellationToken ct) =>
        await Choices(db).SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw new MissingException("supplier");

    private static OrderForm Fill(OrderForm form, SupplierChoice supplier)
    {
        (form.SupplierId, form.Currency, form.PaymentTerms, form.Incoterm) = (supplier.Id, supplier.Currency, supplier.PaymentTerms, supplier.Incoterm);
        return form;
    }

    private static async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(SourcingDb db, Order order, CancellationToken ct)
    {
        Guid?[] ids = [order.BuyerId, order.Internal.ApprovalRequestedBy, order.Internal.ApprovedBy, .. order.Lines.SelectMany(l => l.Receipts).Select(r => r.ReceivedBy)];
        var wanted = ids.OfType<Guid>().Distinct().ToList();
        return await db.People.Where(p => wanted.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);
    }

    private async Task<OrderInsideView> InsideAsync(SourcingDb db, Order order, IReadOnlyDictionary<Guid, string> people, CancellationToken ct)
    {
        var kept = order.Internal;
        var limit = await db.People.Where(p => p.Id == user.Id).Select(p => p.ApprovalLimit).SingleOrDefaultAsync(ct);
        var today = DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        var total = (await CurrencyConversion.LoadAsync(db, [order.Currency], ct)).TryConvert(order.Total, order.Currency, CurrencyConversion.Base, today);
        return new(
            kept.Note, kept.ApprovalRequestedBy, Name(kept.ApprovalRequestedBy), kept.ApprovalRequestedAt, Name(kept.ApprovedBy), kept.ApprovedAt, kept.DeclineReason,
            total is not null && Order.IsWithin(limit, total.Amount), limit, total?.Amount, order.Currency == CurrencyConversion.Base ? null : total?.Day);

        string Name(Guid? person) => person is { } id ? people.GetValueOrDefault(id, "") : "";
    }
}
