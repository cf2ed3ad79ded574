using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Sales;

namespace Sourcing.Data.Demo;

/// <summary>The mill's selling side: two teams, 300 customers that changed hands now and then, whose orders and RFQs they are, quotas, and requests for RFQs.</summary>
internal sealed class DemoSales(Database database, IReadOnlyDictionary<string, Person> people)
{
    private const int Customers = 300;

    private static readonly string[] Firsts =
    [
        "Brinwell", "Larkmoor", "Tidewell", "Ostrella", "Halvrik", "Pellier", "Corvane", "Eskbury", "Norrholm", "Talvera", "Wexcombe", "Ardennes", "Belmira", "Castrel", "Dunmarsh", "Elvestad",
        "Fjellvik", "Garrowby", "Hestia", "Iversund", "Jarnfeld", "Kestrelby", "Lindhaven", "Montrevo", "Nyborgen", "Oakharrow", "Pravelle", "Quenby", "Rostwick", "Silvana", "Tarnbrook", "Ulvika",
        "Vantorre", "Westerby", "Yarrowgate", "Zellmark", "Amberley", "Brackwater", "Coldstream", "Dovrefell",
    ];

    private static readonly string[] Seconds = ["Apparel", "Workwear", "Linen", "Knit", "Home", "Textiles", "Uniforms", "Bedding", "Outdoor", "Fashion", "Interiors", "Sports"];

    private static readonly string[] Contacts = ["Nadia Ferre", "Oskar Lindqvist", "Pia Castelan", "Ruben Faro", "Selma Viken", "Teo Marchetti", "Una Brask", "Viktor Hale", "Wanda Solberg", "Yusuf Adan", "Zoe Lambert", "Anton Krall"];

    private static readonly string[] Countries = ["DE", "SE", "PT", "FR", "NL", "IT", "DK", "PL", "AT", "ES"];

    private static readonly string[] Roles = ["Head of purchasing", "Buyer", "Product manager", "Quality", "Owner"];

    private readonly Random _random = new(20261130);
    private readonly List<Customer> _customers = [];

    private Guid Id(string name) => people[$"{name}@example.test"].Id;

    /// <summary>Fills everything in one act, in the name of whoever acts: an admin.</summary>
    public Task MakeAsync(Guid actor, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var now = await db.NowAsync(token);
            var today = Days.Today(now, TimeZoneInfo.Utc);
            await PlaceAsync(db, token);
            AddCustomers(db, today, actor);
            await db.SaveChangesAsync(token);
            AddQuotas(db, today);
            await db.SaveChangesAsync(token);
            await SellAsync(db, token);
            await AskAsync(db, today, now, token);
            await db.SaveChangesAsync(token);
        }, ct);

    private async Task PlaceAsync(SourcingDb db, CancellationToken ct)
    {
        var (north, south) = (new SalesTeam("North"), new SalesTeam("South"));
        db.AddRange(north, south);
        var reps = await db.SalesReps.ToDictionaryAsync(r => r.Id, ct);
        var managers = new Dictionary<Guid, Guid?>();
        foreach (var (name, manager, team, _) in DemoAccounts.Sellers)
        {
            Guid? above = manager is null ? null : Id(manager);
            reps[Id(name)].Place(above, team == "North" ? north.Id : south.Id, true, managers);
            managers[Id(name)] = above;
        }
    }

    private void AddCustomers(SourcingDb db, DateOnly today, Guid actor)
    {
        var sellers = DemoAccounts.Sellers.Where(s => s.Carries).Select(s => Id(s.Name)).ToArray();
        for (var i = 0; i < Customers; i++)
        {
            var (first, second) = (Firsts[i % Firsts.Length], Seconds[(i + (i / Firsts.Length * 5)) % Seconds.Length]);
            var domain = $"{first.ToLowerInvariant()}-{second.ToLowerInvariant()}.example.test";
            var tier = (i % 10) switch { 0 or 1 => CustomerTier.A, 2 or 3 or 4 => CustomerTier.B, 9 => CustomerTier.Prospect, _ => CustomerTier.C };
            var customer = new Customer(new($"C-{1001 + i:00000}", $"{first} {second}", tier)
            {
                Email = $"purchasing@{domain}", Phone = FormattableString.Invariant($"+00 555 {1000 + i}"), Country = Countries[i % Countries.Length], Address = $"{3 + (i % 80)} Harbour Street",
                PaymentTerms = i % 3 == 0 ? "14 days net" : "30 days net", ExternalIds = i % 4 == 0 ? [$"ERP {40_000 + i}"] : [], IsActive = i % 41 != 40,
                About = i % 17 == 0 ? "Wants certificates of origin with every delivery. Takes in goods in the mornings only." : "",
            });
            var owner = sellers[i % sellers.Length];
            if (i % 12 == 7)
            {
                // Some changed hands a while ago: what was before counts for whoever had them then.
                customer.Assign(sellers[(i + 1) % sellers.Length], today.AddDays(-560), actor);
                customer.Assign(owner, today.AddDays(-40 - (i % 200)), actor);
            }
            else
            {
                customer.Assign(owner, today.AddDays(-560), actor);
            }

            for (var c = 0; c <= i % 2; c++)
            {
                var name = Contacts[(i + (c * 5)) % Contacts.Length];
                customer.Add(new(name, Roles[(i + c) % Roles.Length], $"{name.Split(' ')[0].ToLowerInvariant()}@{domain}", FormattableString.Invariant($"+00 555 {2000 + (i * 2) + c}"), c == 0));
            }

            _customers.Add(customer);
        }

        db.AddRange(_customers);
    }

    private static void AddQuotas(SourcingDb db, DateOnly today, Func<string, Guid> id)
    {
        var quarter = SalesArithmetic.QuarterOf(today);
        foreach (var (name, amount) in DemoAccounts.Sellers.Where(s => s.Carries).Select((s, i) => (s.Name, 90_000m + (i * 15_000m))))
        {
            for (var q = -6; q <= 1; q++)
            {
                db.Add(new SalesQuota(id(name), QuotaPeriod.Quarter, quarter.AddMonths(3 * q), amount + (Math.Max(0, q + 6) * 2_000m), CurrencyConversion.Base));
            }
        }
    }

    private void AddQuotas(SourcingDb db, DateOnly today) => AddQuotas(db, today, Id);

    // Most orders are sold on: to customers of every tier, more often to the large ones, with a margin that varies.
    private async Task SellAsync(SourcingDb db, CancellationToken ct)
    {
        var buying = _customers.Where(c => c.Tier != CustomerTier.Prospect && c.IsActive).SelectMany(c => Enumerable.Repeat(c, c.Tier == CustomerTier.A ? 5 : c.Tier == CustomerTier.B ? 2 : 1)).ToArray();
        var orders = await db.Orders.Where(o => o.IssuedAt != null).OrderBy(o => o.Number).Select(o => new { o.Id, At = o.IssuedAt!.Value, o.Subtotal }).ToListAsync(ct);
        foreach (var (order, i) in orders.Select((o, i) => (o, i)).Where(x => x.i % 6 != 5))
        {
            var customer = buying[_random.Next(buying.Length)];
            var day = DateOnly.FromDateTime(order.At.UtcDateTime);
            var rep = customer.Responsibilities.FirstOrDefault(r => r.ValidFrom <= day && (r.ValidUntil is null || r.ValidUntil > day))?.SalesRepId;
            db.Add(new OrderSale(order.Id, customer.Id, rep ?? customer.SalesRepId, i % 9 == 8 ? null : decimal.Round(order.Subtotal * (1.12m + ((decimal)_random.NextDouble() * 0.2m)), 2)));
        }

        RfqStatus[] under = [RfqStatus.Draft, RfqStatus.Open, RfqStatus.Closed, RfqStatus.Evaluating, RfqStatus.Awarded];
        var rfqs = await db.Rfqs.Where(r => under.Contains(r.Status)).OrderBy(r => r.Number).ToListAsync(ct);
        foreach (var (rfq, i) in rfqs.Select((r, i) => (r, i)).Where(x => x.i % 3 != 2))
        {
            var customer = _customers[(i * 7) % 60];
            rfq.SellTo(customer.Id, customer.SalesRepId);
        }
    }

    private async Task AskAsync(SourcingDb db, DateOnly today, DateTimeOffset now, CancellationToken ct)
    {
        var parts = await db.Parts.Where(p => p.Type == PartType.RawMaterial || p.Type == PartType.Component).OrderBy(p => p.Number).Take(12).Select(p => new { p.Id, p.Name, p.UnitId }).ToListAsync(ct);
        (string Title, int Customer, string Note)[] wishes =
        [
            ("Navy lot for the spring programme", 0, "They would take a part delivery of 60 per cent."), ("Samples of undyed yarn", 1, ""), ("Heavier canvas than last year", 8, "Only with a certificate of origin."),
            ("Labels in two languages", 16, ""), ("Sewing thread, matched to a swatch", 24, "Swatch went to the laboratory on Monday."),
        ];
        foreach (var ((title, at, note), i) in wishes.Select((w, i) => (w, i)))
        {
            var customer = _customers[at];
            var lines = parts.Skip(i * 2).Take(1 + (i % 2)).Select(p => new RequestedLine(p.Id, p.Name, 200 + (150 * i), p.UnitId)).ToList();
            var request = new RfqRequest(await db.NextNumberAsync("ASK", ct), customer.Id, customer.SalesRepId!.Value, title, lines, today.AddDays(35 + (5 * i)), note);
            if (i == 3)
            {
                request.Decline("The supplier of labels prints one language only. Ask for two labels instead.", Id("mira.holsten"), now);
            }

            db.Add(request);
        }
    }
}
