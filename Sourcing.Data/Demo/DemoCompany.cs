using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Demo;

/// <summary>
/// Fills an empty database with a small textile mill's last eighteen months: 60 suppliers, 450 parts, 42 RFQs in all states (two of them sealed),
/// 212 orders with agreements, changes and invoices, the mill's stock, bills of materials, sales of 26 months and forecasts, two sales teams with 300 customers, and two chapters of a referral network with 14 months of meetings. Everything is made by the same methods that people use, under a demo buyer's name; the same every time but for the dates.
/// </summary>
public sealed class DemoCompany(IServiceProvider services, SystemSession sessions)
{
    /// <summary>Fills the database unless it has a part or the demo accounts are not there. True when it did.</summary>
    public async Task<bool> FillAsync(CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var user = scope.ServiceProvider.GetRequiredService<CurrentUser>();
        user.Become(await sessions.IdentityAsync(ct));
        var database = scope.ServiceProvider.GetRequiredService<Database>();
        var people = await database.ReadAsync(
            async (db, token) => await db.Parts.IgnoreQueryFilters().AnyAsync(token) ? [] : await db.People.ToDictionaryAsync(p => p.Email, token), ct);
        if (!people.TryGetValue("mira.holsten@example.test", out var buyer))
        {
            return false;
        }

        user.Become(await sessions.OfPersonAsync(buyer.Id, ct));
        await database.WriteAsync(
            async (db, token) =>
            {
                var story = new DemoStory(new Random(20261120), await db.NowAsync(token), people);
                AddCatalog(db, story);
                await db.SaveChangesAsync(token);
                DemoTrade.AddRfqs(db, story);
                await db.SaveChangesAsync(token);
                await story.PlaceAsync(db, "quotes", token);
                await DemoRounds.AddAsync(db, story, token);
                await db.SaveChangesAsync(token);
                DemoTrade.AddOrders(db, story);
                await db.SaveChangesAsync(token);
                await db.Database.ExecuteSqlAsync($"select app.ensure_months('public.sales_history', (now() - interval '27 months')::date, now()::date)", token);
                var parts = DemoMill.Add(db, story);
                await db.SaveChangesAsync(token);
                DemoMillDemand.Add(db, story, parts);
                await db.SaveChangesAsync(token);
                await story.FinishAsync(db, token);
            },
            ct);
        user.Become(await sessions.OfPersonAsync(people["jonas.reker@example.test"].Id, ct));
        await DemoForecasts.AddAsync(database, user, ct);
        await DemoPlans.MakeAsync(scope.ServiceProvider, ct);
        user.Become(await sessions.OfPersonAsync(buyer.Id, ct));
        await DemoScorecards.MakeAsync(scope.ServiceProvider, ct);
        await new DemoContracts(scope.ServiceProvider, sessions, people).MakeAsync(ct);
        await new DemoSealed(scope.ServiceProvider, sessions, people).MakeAsync(ct);
        var admin = people["sven.adarsson@example.test"].Id;
        user.Become(await sessions.OfPersonAsync(admin, ct));
        await new DemoSales(database, people).MakeAsync(admin, ct);
        await new DemoChapters(database, people).MakeAsync(ct);
        user.Become(await sessions.OfPersonAsync(people["petra.almqvist@example.test"].Id, ct));
        await new DemoImports(scope.ServiceProvider).MakeAsync(ct);
        user.Become(await sessions.OfPersonAsync(admin, ct));
        await new DemoChapterMonths(scope.ServiceProvider, sessions, people).MakeAsync(ct);
        await new DemoNotes(scope.ServiceProvider, sessions).MakeAsync(ct);
        await new DemoCommissions(scope.ServiceProvider, sessions, admin).MakeAsync(ct);
        return true;
    }

    private static void AddCatalog(SourcingDb db, DemoStory story)
    {
        foreach (var (code, name, dimension, factor) in DemoCatalog.Units)
        {
            story.Units[code] = new Unit(code, name, dimension, factor);
        }

        db.AddRange(story.Units.Values);
        AddRates(db, story);
        db.CompanySettings.Single(c => c.Id == CompanySettings.TheOne).Change(new()
        {
            Name = "Nordtuch Spinning and Weaving GmbH", LogoText = "Nordtuch", Address = "12 Weavers Lane\n20457 Hamburg\nGermany", Email = "purchasing@nordtuch.example.test",
            ReminderHours = "72, 24", Phone = "+00 555 0100", TaxId = "DE 000 000 000",
            OrderTerms = "Our conditions of purchase apply. Goods are taken in from Monday to Friday, 7:00 to 15:00, with a delivery note that names this order and its lines.",
        });
        AddSuppliers(db, story);
        foreach (var kind in DemoCatalog.Kinds)
        {
            var category = new PartCategory(kind.Code, kind.Name);
            db.Add(category);
            story.Categories[kind.Code] = category;
            for (var i = 0; i < 25; i++)
            {
                AddPart(db, story, kind, category, i);
            }
        }

        // A seal that was replaced, and whose successor was replaced again.
        var seals = story.Parts.Where(p => p.Kind.Code == "seals").Select(p => p.Part).Take(3).ToList();
        seals[0].KnownAs(CrossReferenceKind.ReplacedBy, "", seals[1].Number, seals[1].Id);
        seals[1].KnownAs(CrossReferenceKind.ReplacedBy, "", seals[2].Number, seals[2].Id);
    }

    private static void AddRates(SourcingDb db, DemoStory story)
    {
        foreach (var (currency, rate) in DemoCatalog.Rates)
        {
            for (var month = 20; month >= 0; month--)
            {
                db.Add(new ExchangeRate(currency, DateOnly.FromDateTime(story.Now.UtcDateTime).AddDays(-30 * month), DemoCatalog.Drifted(currency, rate, month)));
            }
        }
    }

    private static void AddSuppliers(SourcingDb db, DemoStory story)
    {
        for (var i = 0; i < DemoCatalog.Firms.Length; i++)
        {
            var (name, country, currency, kinds) = DemoCatalog.Firms[i];
            var contact = DemoCatalog.People[i % DemoCatalog.People.Length];
            var host = string.Concat(name.ToLowerInvariant().Where(char.IsAsciiLetter)) + ".example.test";
            var sold = kinds.Split(' ');
            var supplier = new Supplier(new SupplierFacts($"SUP-{i + 301:0000}", name, currency)
            {
                Category = DemoCatalog.Kinds.Single(k => k.Code == sold[0]).Name, Region = country is "IN" or "PK" or "CN" or "JP" ? "Asia" : "Europe", Country = country, ContactName = contact,
                Email = "sales@" + host, Phone = $"+00 555 {1000 + (i * 37)}", Website = "https://" + host, Address = $"{12 + i} Mill Road, {country}-{10000 + (i * 731)}",
                DefaultLeadTimeDays = country is "IN" or "PK" or "CN" or "JP" ? 46 : 14 + (i % 12), RiskLevel = DemoCatalog.Risk(i), PaymentTerms = i % 3 == 0 ? "45 days net" : "30 days net",
                Incoterm = i % 2 == 0 ? "DAP" : "FCA", Capabilities = i % 3 == 0 ? ["samples within a week", "EDI"] : ["samples within a week"],
                Materials = [.. sold], Processes = sold.Contains("yarn") ? ["spinning", "twisting"] : sold.Contains("dyes") ? ["mixing"] : [],
            });
            supplier.Add(new ContactFacts(contact, "Sales", "sales@" + host, $"+00 555 {1000 + (i * 37)}", true));
            if (i % 3 == 0)
            {
                supplier.Add(new ContactFacts(DemoCatalog.People[(i + 7) % DemoCatalog.People.Length], "Quality", "quality@" + host, "", false));
            }

            db.Add(supplier);
            story.Suppliers.Add((supplier, sold));
        }

        story.Suppliers[5].Supplier.Block(SupplierBlock.Order, "Certificates of two lots could not be verified.", story.Now.AddDays(-17));
        story.Suppliers[24].Supplier.Block(SupplierBlock.Rfq, "No answer to the last five RFQs.", story.Now.AddDays(-40));
        db.Add(new SupplierUser(story.Suppliers[0].Supplier.Id, story.Person("rui.tavora@example.test")));
    }

    private static void AddPart(SourcingDb db, DemoStory story, DemoCatalog.Kind kind, PartCategory category, int i)
    {
        var first = kind.First[i % kind.First.Length];
        var second = kind.Second[i / kind.First.Length % kind.Second.Length];
        var name = string.Format(System.Globalization.CultureInfo.InvariantCulture, kind.Names[0], first, second);
        var again = i / (kind.First.Length * kind.Second.Length);
        // The last bearing is the first one again, entered by somebody who put a blank where the others put a hyphen.
        var number = kind.Code == "bearings" ? (again == 0 ? first + second : $"{first.TrimEnd('-')} {second}") : $"{kind.Prefix}-{20417 + (i * 83) + (Array.IndexOf(DemoCatalog.Kinds, kind) * 7):00000}";
        var price = decimal.Round(kind.Price * (decimal)(0.6 + (story.Random.NextDouble() * 0.9)), kind.Price < 1 ? 4 : 2);
        var part = new Part(new PartFacts(number, again == 0 ? name : $"{name}, lot {again + 1}", kind.Type, story.Units[kind.Unit].Id)
        {
            CategoryId = category.Id, IsCritical = i % 9 == 0, StandardCost = price, Description = i % 4 == 0 ? $"{kind.Name} for the mill in hall {1 + (i % 3)}." : "",
            Specifications = [new(kind.Specification, SpecificationKind.Text, second), new("Country of use", SpecificationKind.Text, "DE"), new("Certified", SpecificationKind.YesNo, i % 2 == 0 ? "yes" : "no")],
        });
        if (kind.Code is "bearings" or "seals")
        {
            part.KnownAs(CrossReferenceKind.Manufacturer, "Amsel", $"KA {first.TrimEnd('-')} {second}{(again == 0 ? "" : " " + (again + 1))}");
        }

        if (kind.Unit == "cone")
        {
            part.Hold(story.Units["box"].Id, 12);
        }
        else if (kind.Code == "chemicals")
        {
            part.Hold(story.Units["drum"].Id, 220);
        }

        db.Add(part);
        var made = new DemoPart(part, kind, price);
        story.Parts.Add(made);
        foreach (var (supplier, at) in story.SellersOf(kind.Code).Take(2 + (i % 3)).Select((s, at) => (s, at)))
        {
            var theirs = story.PriceOf(made, supplier);
            db.Add(new SupplierPart(supplier.Id, part.Id, new SupplierPartTerms(theirs, supplier.Currency)
            {
                SupplierPartNumber = $"{supplier.Name[..2].ToUpperInvariant()}{1000 + (i * 17)}", LeadTimeDays = supplier.DefaultLeadTimeDays ?? 21, Preferred = at == 0,
                MoqQuantity = at == 1 ? decimal.Round(kind.Quantity / 8) : null, OrderMultiple = null, ValidFrom = DateOnly.FromDateTime(story.Now.UtcDateTime).AddMonths(-8),
                Breaks = i % 2 == 0 ? [new(decimal.Round(kind.Quantity / 2), decimal.Round(theirs * 0.96m, 4)), new(kind.Quantity * 2, decimal.Round(theirs * 0.92m, 4))] : [],
            }));
            made.Sellers.Add(supplier);
        }
    }
}

/// <summary>A part of the demo with its usual price in EUR and who sells it.</summary>
internal sealed record DemoPart(Part Part, DemoCatalog.Kind Kind, decimal Price)
{
    public List<Supplier> Sellers { get; } = [];
}

/// <summary>What the demo's chapters share: chance, the moment, and what was made so far.</summary>
internal sealed class DemoStory(Random random, DateTimeOffset now, IReadOnlyDictionary<string, Person> people)
{
    private readonly Dictionary<(string Kind, int Year), int> _numbers = [];

    public Random Random => random;

    public DateTimeOffset Now => now;

    public Dictionary<string, Unit> Units { get; } = [];

    public Dictionary<string, PartCategory> Categories { get; } = [];

    public List<(Supplier Supplier, string[] Sold)> Suppliers { get; } = [];

    public List<DemoPart> Parts { get; } = [];

    /// <summary>The moments at which records were made, by table, to be set behind the database's own clock.</summary>
    public List<(string Table, Guid Id, DateTimeOffset At)> Made { get; } = [];

    public IEnumerable<Person> People => people.Values;

    public Guid Person(string email) => people[email].Id;

    public Person Buyer(int i) => people[new[] { "mira.holsten@example.test", "tarek.olsson@example.test", "ana.pinheda@example.test" }[i % 3]];

    public IEnumerable<Supplier> SellersOf(string kind) =>
        Suppliers.Where(s => s.Sold.Contains(kind)).OrderBy(s => Array.IndexOf(s.Sold, kind)).ThenBy(_ => random.Next()).Select(s => s.Supplier);

    /// <summary>What a supplier takes for a part, in its own currency: around the usual price, with a drift over time.</summary>
    public decimal PriceOf(DemoPart part, Supplier supplier, double monthsAgo = 0)
    {
        var habit = 0.94 + (((supplier.Code[^1] * 7) + (part.Part.Number.Length * 3)) % 17 * 0.009);
        var drift = 1 - (monthsAgo * 0.004) + (Math.Sin(monthsAgo + part.Part.Number.Length) * 0.02);
        var noise = 0.98 + (random.NextDouble() * 0.04);
        var rate = DemoCatalog.Rates.FirstOrDefault(r => r.Currency == supplier.Currency).Rate;
        return Math.Max(0.0005m, decimal.Round(part.Price * (decimal)(habit * drift * noise) * (rate == 0 ? 1 : rate), part.Price < 1 ? 4 : 2));
    }

    public string Number(string kind, DateTimeOffset at)
    {
        var next = _numbers[(kind, at.Year)] = _numbers.GetValueOrDefault((kind, at.Year)) + 1;
        return $"{kind}-{at.Year}-{next:00000}";
    }

    public async Task FinishAsync(SourcingDb db, CancellationToken ct)
    {
        foreach (var ((kind, year), last) in _numbers)
        {
            await db.Database.ExecuteSqlAsync($"insert into number_sequences (kind, year, last) values ({kind}, {year}, {last}) on conflict (kind, year) do update set last = excluded.last", ct);
        }

        foreach (var table in Made.Select(m => m.Table).Distinct().ToList())
        {
            await PlaceAsync(db, table, ct);
        }
    }

    /// <summary>Sets the moments of one table's records: of quotes before a next round begins, which freezes them.</summary>
    public async Task PlaceAsync(SourcingDb db, string table, CancellationToken ct)
    {
        var made = Made.FindAll(m => m.Table == table);
        Made.RemoveAll(m => m.Table == table);
        var (ids, moments) = (made.Select(m => m.Id).ToArray(), made.Select(m => m.At).ToArray());
        await db.Database.ExecuteSqlAsync(
            table switch
            {
                "rfqs" => $"update rfqs t set created_at = m.at from unnest({ids}, {moments}) as m(id, at) where t.id = m.id",
                "quotes" => $"update quotes t set created_at = m.at from unnest({ids}, {moments}) as m(id, at) where t.id = m.id",
                _ => (FormattableString)$"update orders t set created_at = m.at from unnest({ids}, {moments}) as m(id, at) where t.id = m.id",
            },
            ct);
    }
}
