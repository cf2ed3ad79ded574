using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Sealing;

namespace Sourcing.Data.Demo;

/// <summary>Two sealed RFQs: one that waits for its bids, and one that two buyers opened. Left out where the server has no sealing key.</summary>
internal sealed class DemoSealed(IServiceProvider services, SystemSession sessions, IReadOnlyDictionary<string, Person> people)
{
    private const string Mira = "mira.holsten@example.test";
    private const string Tarek = "tarek.olsson@example.test";

    private static readonly string[] Asked = ["SUP-0301", "SUP-0302", "SUP-0303"];

    private readonly CurrentUser _user = services.GetRequiredService<CurrentUser>();
    private readonly Database _database = services.GetRequiredService<Database>();

    public async Task MakeAsync(CancellationToken ct)
    {
        if (!services.GetRequiredService<SealingKey>().IsSet)
        {
            return;
        }

        var waiting = await SendAsync("Yarn for the public tender of the city hospitals", 4, ct);
        await BidAsync(waiting, 1, 1.02m, ct);
        var opened = await SendAsync("Workwear yarn, framework bid", 9, ct);
        await BidAsync(opened, 0, 1.01m, ct);
        await BidAsync(opened, 1, 0.97m, ct);
        await BecomeAsync(Mira, ct);
        await services.GetRequiredService<RfqService>().CloseAsync(new() { Id = opened }, ct);
        var opening = services.GetRequiredService<OpeningService>();
        await opening.ConsentAsync(new() { Id = opened, Round = 1 }, ct);
        await BecomeAsync(Tarek, ct);
        await opening.OpenAsync(new() { Id = opened, Round = 1 }, ct);
        await BecomeAsync(Mira, ct);
    }

    private async Task<Guid> SendAsync(string title, int days, CancellationToken ct)
    {
        await BecomeAsync(Mira, ct);
        var (now, suppliers, lines) = await _database.ReadAsync(
            async (db, token) => (
                await db.NowAsync(token), await db.Suppliers.Where(s => Asked.Contains(s.Code)).OrderBy(s => s.Code).Select(s => s.Id).ToListAsync(token),
                await db.SupplierParts.Where(p => db.Suppliers.Any(s => s.Id == p.SupplierId && s.Code == Asked[0])).OrderBy(p => p.Id).Take(3)
                    .Join(db.Parts, o => o.PartId, p => p.Id, (o, p) => new RfqLineForm { PartId = p.Id, Description = p.Name, Quantity = 1200, UnitId = p.UnitId, TargetPrice = decimal.Round(o.UnitCost, 4) }).ToListAsync(token)),
            ct);
        var rfqs = services.GetRequiredService<RfqService>();
        var id = await rfqs.SaveAsync(
            new()
            {
                Title = title, Sealed = true, Deadline = now.UtcDateTime.Date.AddDays(days).AddHours(12), DeadlineTimeZone = "UTC", Lines = lines, DeliveryPlace = "Hamburg, gate 3", Incoterm = "DAP", PaymentTerms = "30 days net",
                Description = "Bids are sealed and opened by two of us together. Prices for the full quantities please.",
            },
            ct);
        await services.GetRequiredService<InvitationService>().InviteAsync(new() { Id = id, SupplierIds = suppliers }, ct);
        await rfqs.OpenAsync(new() { Id = id, Version = (await services.GetRequiredService<RfqQueries>().DetailsAsync(id, ct))!.Version }, ct);
        return id;
    }

    // As through the personal link of its invitation.
    private async Task BidAsync(Guid rfq, int supplier, decimal factor, CancellationToken ct)
    {
        var code = Asked[supplier];
        var asked = await _database.ReadAsync(
            (db, token) => db.RfqInvitations.Where(i => i.RfqId == rfq && db.Suppliers.Any(s => s.Id == i.SupplierId && s.Code == code)).Select(i => new { i.Id, i.SupplierId, i.ContactName }).SingleAsync(token), ct);
        var targets = await _database.ReadAsync((db, token) => db.RfqLines.Where(l => l.RfqId == rfq).ToDictionaryAsync(l => l.Id, l => l.TargetPrice!.Value, token), ct);
        var token = await services.GetRequiredService<Sessions>().OpenAsync(asked.Id, asked.ContactName, DatabaseAccess.Supplier, asked.SupplierId, rfq, Sessions.UsualLife, "", ct);
        _user.Become(new(asked.Id, asked.ContactName, new HashSet<Role> { Role.Supplier }, asked.SupplierId, token, TimeZoneInfo.Utc, CultureInfo.GetCultureInfo("en-GB")));
        var form = (await services.GetRequiredService<QuoteQueries>().OwnAsync(rfq, ct)).ToForm();
        (form.ValidUntil, form.LeadTimeDays, form.FreightCost) = (DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime).AddDays(90), 21 + (supplier * 4), 180);
        foreach (var line in form.Lines)
        {
            line.UnitPrice = decimal.Round(targets[line.RfqLineId] * factor, targets[line.RfqLineId] < 1 ? 4 : 2);
        }

        await services.GetRequiredService<QuoteService>().SubmitAsync(form, ct);
        await BecomeAsync(Mira, ct);
    }

    private async Task BecomeAsync(string email, CancellationToken ct) => _user.Become(await sessions.OfPersonAsync(people[email].Id, ct));
}
