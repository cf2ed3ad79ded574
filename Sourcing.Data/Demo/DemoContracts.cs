using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Demo;

/// <summary>What surrounds the mill's orders, one of each: agreements with call-offs, change orders in three states, invoices in every state.</summary>
internal sealed class DemoContracts(IServiceProvider services, SystemSession sessions, IReadOnlyDictionary<string, Person> people)
{
    private const string Mira = "mira.holsten@example.test";
    private const string Tarek = "tarek.olsson@example.test";

    private readonly CurrentUser _user = services.GetRequiredService<CurrentUser>();
    private readonly Database _database = services.GetRequiredService<Database>();

    public async Task MakeAsync(CancellationToken ct)
    {
        await BecomeAsync(Mira, ct);
        var year = await AgreeAsync("Combed yarn for the year", "SUP-0301", 0.4m, byValue: false, ct);
        await CallOffAsync(year, 0.35m, acknowledged: true, ct);
        var season = await AgreeAsync("Accessories of the season", "SUP-0309", 1, byValue: true, ct);
        await CallOffAsync(season, 0.9m, acknowledged: false, ct);
        await ChangeAsync(await OrderAsync("SUP-0301", OrderStatus.InProduction, ct), line => line.OldQuantity * 0.8m, "The autumn collection sells slower than planned.", "", ct);

        await BecomeAsync(Tarek, ct);
        var shipped = await OrderAsync("SUP-0301", OrderStatus.Shipped, ct);
        await ChangeAsync(shipped, line => line.OldQuantity * 0.95m, "Less is wanted of this shade.", "Rui Tavora, by telephone", ct);
        // Above his limit.
        await ChangeAsync(shipped, line => line.OldQuantity + (12_000 / line.OldUnitPrice), "A large order came in for next season.", "", ct);
        await EnterAsync(shipped, "ORV 26-118", 1, ct);
        await InvoicesAsync(ct);
    }

    private async Task<Guid> AgreeAsync(string title, string supplier, decimal share, bool byValue, CancellationToken ct)
    {
        var service = services.GetRequiredService<AgreementService>();
        var form = await service.OpenAsync(null, ct);
        var (who, offers) = await _database.ReadAsync(
            async (db, token) =>
            {
                var found = await db.Suppliers.SingleAsync(s => s.Code == supplier, token);
                var sold = await db.SupplierParts.Where(p => p.SupplierId == found.Id).OrderBy(p => p.Id).Take(byValue ? 3 : 2)
                    .Join(db.Parts, p => p.PartId, p => p.Id, (offer, part) => new { offer.UnitCost, offer.SupplierPartNumber, part.Id, part.Name, part.UnitId }).ToListAsync(token);
                return (found, sold);
            },
            ct);
        (form.Title, form.SupplierId, form.Currency, form.PaymentTerms, form.Incoterm) = (title, who.Id, who.Currency, who.PaymentTerms, who.Incoterm);
        (form.ValidFrom, form.MostValue) = (form.ValidFrom!.Value.AddDays(-40), byValue ? 20_000 : null);
        form.Lines =
        [
            .. offers.Select(o => new AgreementLineForm
            {
                PartId = o.Id, Description = o.Name, SupplierPartNumber = o.SupplierPartNumber ?? "", UnitId = o.UnitId, UnitPrice = decimal.Round(o.UnitCost * 0.94m, 4),
                MostQuantity = byValue ? null : decimal.Round(12_000 * share), Breaks = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"1000: {decimal.Round(o.UnitCost * 0.91m, 4)}"),
            }),
        ];
        return await service.SaveAsync(form, ct);
    }

    private async Task CallOffAsync(Guid agreementId, decimal share, bool acknowledged, CancellationToken ct)
    {
        var agreement = await services.GetRequiredService<AgreementQueries>().DetailsAsync(agreementId, ct);
        var line = agreement.Lines[0];
        var quantity = decimal.Floor(share * (line.MostQuantity ?? agreement.MostValue!.Value / line.UnitPrice));
        var order = await services.GetRequiredService<AgreementService>().CallOffAsync(new() { LineId = line.Id, Quantity = quantity, NeedBy = agreement.ValidFrom.AddDays(75) }, ct);
        var flow = services.GetRequiredService<OrderFlowService>();
        await flow.ApproveAsync(await ActAsync(order, ct), ct);
        await flow.IssueAsync(new() { Id = order, Version = (await ActAsync(order, ct)).Version }, null, ct);
        if (acknowledged)
        {
            await flow.AcknowledgeAsync(await ActAsync(order, ct), ct);
        }
    }

    // Another quantity of the first line, and a week later.
    private async Task ChangeAsync(Guid order, Func<OrderChangeLineForm, decimal> quantity, string reason, string agreedHow, CancellationToken ct)
    {
        var service = services.GetRequiredService<OrderChangeService>();
        var form = await service.OpenAsync(order, ct);
        var line = form.Lines[0];
        (form.Reason, form.AgreedHow, line.Quantity, line.Date) = (reason, agreedHow, decimal.Round(quantity(line)), line.Date?.AddDays(7));
        await service.ProposeAsync(form, ct);
    }

    private async Task InvoicesAsync(CancellationToken ct)
    {
        var received = await _database.ReadAsync(
            (db, token) => db.Orders.Where(o => o.Status == OrderStatus.Received && o.PaymentStatus == PaymentStatus.Unpaid).OrderByDescending(o => o.Number).Select(o => o.Id).Take(4).ToListAsync(token), ct);
        var service = services.GetRequiredService<InvoiceService>();
        var i = 0;
        foreach (var order in received)
        {
            // Matched; dearer than ordered; matched and paid in part; refused.
            var invoice = await EnterAsync(order, $"RE-26-{1041 + (i * 7)}", i == 1 ? 1.06m : 1, ct);
            if (i == 2)
            {
                await services.GetRequiredService<OrderPaymentService>().RecordAsync(
                    new() { Id = order, InvoiceId = invoice, Amount = 100, PaidOn = (await DetailsAsync(order, ct)).Invoices[0].InvoiceDate, Method = "Bank transfer", Reference = "BT-71544" }, ct);
            }
            else if (i == 3)
            {
                await service.RefuseAsync(new() { Id = invoice, Reason = "It is made out to our mill in the south. Please send it to the address on the order." }, ct);
            }

            i++;
        }
    }

    private async Task<Guid> EnterAsync(Guid order, string number, decimal dearer, CancellationToken ct)
    {
        var service = services.GetRequiredService<InvoiceService>();
        var form = await service.OpenAsync(order, ct);
        (form.Number, form.InvoiceDate, form.DueOn) = (number, form.InvoiceDate!.Value.AddDays(-3), form.InvoiceDate.Value.AddDays(27));
        foreach (var line in form.Lines)
        {
            (line.Quantity, line.UnitPrice) = (line.Ordered, decimal.Round(line.OrderedPrice * dearer, 4));
        }

        form.Freight = (await DetailsAsync(order, ct)).Freight;
        form.Tax = Order.Cents((form.Subtotal() + form.Freight) * form.TaxRate / 100);
        form.Total = form.Sum();
        return await service.EnterAsync(form, ct);
    }

    private Task<Guid> OrderAsync(string supplier, OrderStatus status, CancellationToken ct) => _database.ReadAsync(
        (db, token) => db.Orders.Where(o => o.Status == status && db.Suppliers.Any(s => s.Id == o.SupplierId && s.Code == supplier)).OrderByDescending(o => o.Number).Select(o => o.Id).FirstAsync(token), ct);

    private async Task<OrderAct> ActAsync(Guid order, CancellationToken ct) => new(order, (await DetailsAsync(order, ct)).Version);

    private Task<OrderDetails> DetailsAsync(Guid order, CancellationToken ct) => services.GetRequiredService<OrderQueries>().DetailsAsync(order, ct);

    private async Task BecomeAsync(string email, CancellationToken ct) => _user.Become(await sessions.OfPersonAsync(people[email].Id, ct));
}
