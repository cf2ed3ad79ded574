using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Demo;

/// <summary>
/// The mill behind the demo company: yarns, greige and finished fabrics in bills of materials of two levels, stock, and open orders that each
/// have something for the planner to see. What it sells is in <see cref="DemoMillDemand"/>.
/// </summary>
internal sealed class DemoMill(SourcingDb db, DemoStory story)
{
    private readonly Dictionary<string, Part> _parts = [];

    private DateOnly Today => DemoTrade.Day(story.Now);

    private Guid Planner => story.Person("jonas.reker@example.test");

    public static IReadOnlyDictionary<string, Part> Add(SourcingDb db, DemoStory story)
    {
        var mill = new DemoMill(db, story);
        mill.AddParameters();
        mill.AddYarns();
        mill.AddGreige();
        mill.AddFabrics();
        mill.AddOddities();
        mill.AddOrders();
        return mill._parts;
    }

    private void AddParameters()
    {
        var plan = PlanningParameters.Defaults();
        plan.Demand();
        db.Add(plan);
        foreach (var (code, name) in new[] { ("mill-yarn", "Mill yarns"), ("greige", "Greige fabrics"), ("fabric", "Finished fabrics") })
        {
            db.Add(story.Categories[code] = new PartCategory(code, name));
        }

        db.Add(new PlanningParameters(ParameterScope.Category, story.Categories["mill-yarn"].Id) { LotRule = LotMethod.PeriodicOrderQuantity, ServiceLevel = 0.97m });
        db.Add(new PlanningParameters(ParameterScope.Category, story.Categories["greige"].Id) { LotRule = LotMethod.LotForLot, MadeLeadTimeDays = 7, SafetyMethod = SafetyMethod.Percent, SafetyPercent = 0.2m });
        db.Add(new PlanningParameters(ParameterScope.Category, story.Categories["fabric"].Id) { LotRule = LotMethod.LotForLot, MadeLeadTimeDays = 10, ServiceLevel = 0.95m });
    }

    private Part AddPart(string number, string name, PartType type, string unit, string category, decimal? cost, bool critical = false)
    {
        var part = new Part(new PartFacts(number, name, type, story.Units[unit].Id) { CategoryId = story.Categories[category].Id, IsCritical = critical, StandardCost = cost });
        db.Add(part);
        return _parts[number] = part;
    }

    private void Stock(Part part, decimal onHand, int countedDaysAgo)
    {
        var stock = new Inventory(part.Id);
        var (first, counted) = (story.Now.AddDays(-countedDaysAgo - 40), story.Now.AddDays(-countedDaysAgo));
        db.Add(stock);
        if (onHand < 0)
        {
            db.Add(stock.Move(StockMovementKind.Return, 60, "First delivery, entered by hand", first, Planner));
            db.Add(stock.Move(StockMovementKind.Issue, onHand - 60, "Hall 2, issued before its delivery was entered", counted, Planner));
            return;
        }

        db.Add(stock.Move(StockMovementKind.Import, decimal.Round(onHand * 1.3m), "Stock list of the year's beginning", first, Planner));
        db.Add(stock.Move(StockMovementKind.Issue, -decimal.Round(onHand * 0.32m), "Used in production", first.AddDays(22), Planner));
        if (stock.Count(onHand, "Yearly count of the yarn store", counted, Planner) is { } difference)
        {
            db.Add(difference);
        }
    }

    private void AddYarns()
    {
        var at = 0;
        foreach (var yarn in DemoMillCatalog.Yarns)
        {
            var part = AddPart(yarn.Number, yarn.Name, PartType.RawMaterial, "kg", "mill-yarn", yarn.Offers.Where(o => o.Price > 0).Select(o => (decimal?)o.Price).Min(), yarn.Critical);
            Stock(part, yarn.OnHand, 9 + (at++ * 3));
            foreach (var offer in yarn.Offers)
            {
                AddPrice(part, offer, yarn.Offers[0] == offer);
            }
        }
    }

    private void AddPrice(Part part, DemoMillCatalog.Offer offer, bool preferred)
    {
        var supplier = story.Suppliers[offer.Supplier].Supplier;
        var rate = DemoCatalog.Rates.FirstOrDefault(r => r.Currency == supplier.Currency).Rate;
        var price = decimal.Round(offer.Price * (rate == 0 ? 1 : rate), 4);
        db.Add(new SupplierPart(supplier.Id, part.Id, new SupplierPartTerms(price, supplier.Currency)
        {
            LeadTimeDays = offer.LeadTime, MoqQuantity = offer.Moq, OrderMultiple = offer.Multiple, ReliabilityScore = offer.Reliability, ContractQuantityLimit = offer.Contract,
            Preferred = preferred, ValidFrom = Today.AddMonths(-6),
            Breaks = price > 0 && offer.Moq is { } moq ? [new(moq * 4, decimal.Round(price * 0.965m, 4))] : [],
        }));
    }

    private void AddGreige()
    {
        foreach (var greige in DemoMillCatalog.Greiges)
        {
            var part = AddPart(greige.Number, greige.Name, PartType.Component, "kg", "greige", null);
            Stock(part, greige.OnHand, 12);
            var bom = new BillOfMaterials(part.Id);
            bom.Change(0.985m, false, "");
            db.Add(bom);
            var position = 0;
            foreach (var (yarn, share) in greige.Shares)
            {
                db.Add(new BomLine(part.Id, _parts[yarn].Id, new(share, null, true, 0.01m, BomLine.Always, null) { Position = position += 10 }));
            }
        }
    }

    private void AddFabrics()
    {
        var dyes = story.Parts.Where(p => p.Kind.Code == "dyes").Select(p => p.Part).ToList();
        var kg = story.Units["kg"].Id;
        var bath = AddPart("KIT-410", "Dye bath, navy", PartType.Component, "kg", "dyes", null);
        var kit = new BillOfMaterials(bath.Id);
        kit.Change(1, true, "Mixed at the machine, never stocked.");
        db.Add(kit);
        db.Add(new BomLine(bath.Id, dyes[0].Id, new(0.62m, kg, false, 0, BomLine.Always, null) { Position = 10 }));
        db.Add(new BomLine(bath.Id, story.Parts.First(p => p.Kind.Code == "chemicals").Part.Id, new(380, story.Units["g"].Id, false, 0.02m, BomLine.Always, null) { Position = 20 }));
        foreach (var fabric in DemoMillCatalog.Fabrics)
        {
            var part = AddPart(fabric.Number, fabric.Name, PartType.FinishedGood, "m", "fabric", decimal.Round(fabric.Price * 0.55m, 2));
            Stock(part, fabric.OnHand, 5);
            var bom = new BillOfMaterials(part.Id);
            bom.Change(0.97m, false, "");
            db.Add(bom);
            db.Add(new BomLine(part.Id, _parts[fabric.Greige].Id, new(fabric.KgPerMetre, kg, false, 0.02m, BomLine.Always, null) { Position = 10 }));
            if (fabric.Dye != -1)
            {
                var dye = fabric.Dye is { } at ? dyes[at].Id : bath.Id;
                db.Add(new BomLine(part.Id, dye, new(decimal.Round(fabric.KgPerMetre * 32), story.Units["g"].Id, false, 0.05m, BomLine.Always, null) { Position = 20 }));
            }
        }

        // The navy dye runs short before its order comes.
        foreach (var (at, onHand) in new[] { (0, 25m), (1, 260m), (2, 60m), (5, 90m), (6, 30m) })
        {
            Stock(dyes[at], onHand, 10);
        }

        Stock(story.Parts.First(p => p.Kind.Code == "chemicals").Part, 90, 11);
        // From spring on another dye.
        db.Add(new BomLine(_parts["FAB-24001"].Id, dyes[2].Id, new(6, story.Units["g"].Id, false, 0.05m, Today.AddDays(70), null) { Position = 30 }));
    }

    // One of each flaw that a plan reports.
    private void AddOddities()
    {
        var kg = story.Units["kg"].Id;
        Stock(AddPart("FAB-90001", "Outlet jersey, mixed lots", PartType.FinishedGood, "m", "fabric", 2.10m), 90, 30);
        var (one, other) = (AddPart("RWK-101", "Regenerated fibre blend A", PartType.Component, "kg", "greige", null), AddPart("RWK-102", "Regenerated fibre blend B", PartType.Component, "kg", "greige", null));
        var cycle = AddPart("FAB-90002", "Regenerated jersey, grey", PartType.FinishedGood, "m", "fabric", 4.40m);
        foreach (var made in new[] { one, other, cycle })
        {
            db.Add(new BillOfMaterials(made.Id));
        }

        db.Add(new BomLine(cycle.Id, one.Id, new(0.27m, kg, false, 0, BomLine.Always, null) { Position = 10 }));
        db.Add(new BomLine(one.Id, other.Id, new(0.8m, null, true, 0, BomLine.Always, null) { Position = 10 }));
        db.Add(new BomLine(one.Id, _parts["MAT-20477"].Id, new(0.2m, null, true, 0, BomLine.Always, null) { Position = 20 }));
        db.Add(new BomLine(other.Id, one.Id, new(1m, null, true, 0, BomLine.Always, null) { Position = 10 }));
        var thread = story.Parts.First(p => p.Kind.Code == "thread").Part;
        db.Add(new BomLine(_parts["FAB-18001"].Id, thread.Id, new(1.4m, story.Units["m"].Id, false, 0, BomLine.Always, null) { Position = 30 }));
        db.Add(new BomLine(_parts["FAB-24001"].Id, _parts["MAT-20505"].Id, new(4, story.Units["g"].Id, false, 0, BomLine.Always, null) { Position = 40 }));
        db.Add(new Reservation(_parts["MAT-20417"].Id, 400, Today.AddDays(4), "Samples for the Brinwell spring programme", Planner));
        db.Add(new Reservation(_parts["FAB-22001"].Id, 250, Today.AddDays(9), "Trade fair stand", Planner));
        foreach (var (number, reserved) in new[] { ("MAT-20417", 400m), ("FAB-22001", 250m) })
        {
            db.Inventory.Local.Single(i => i.PartId == _parts[number].Id).Allocate(reserved);
        }
    }

    // Days from today: to expedite, to defer, to cancel, past due, and as they should be.
    private void AddOrders()
    {
        foreach (var (supplier, days, number, quantity, due) in new[]
        {
            (1, 30, "MAT-20417", 3000m, 6), (3, 52, "MAT-20417", 3000m, 34), (0, 20, "MAT-20425", 2500m, -6), (3, 41, "MAT-20431", 6000m, 75), (6, 12, "MAT-20442", 500m, 12),
            (7, 25, "MAT-20498", 600m, 20), (4, 18, "MAT-20458", 200m, 60), (2, 9, "MAT-20450", 700m, 8), (7, 6, "MAT-20463", 1500m, 9), (1, 14, "MAT-20470", 1000m, 13),
        })
        {
            var (from, at) = (story.Suppliers[supplier].Supplier, story.Now.AddDays(-days).AddHours(-2));
            var offer = DemoMillCatalog.Yarns.Single(y => y.Number == number).Offers.FirstOrDefault(o => o.Supplier == supplier);
            var rate = DemoCatalog.Rates.FirstOrDefault(r => r.Currency == from.Currency).Rate;
            var buyer = story.Buyer(1);
            var order = Order.Draft(story.Number("PO", at), from.Id, from.Currency, buyer.Id, buyer.Id);
            var part = _parts[number];
            order.Edit(from.Id, from.Currency, DemoTrade.Terms(from, 0),
                [new(null, part.Id, part.Number, "", part.Name, quantity, part.UnitId, "kg", decimal.Round(offer!.Price * (rate == 0 ? 1 : rate), 4), Today.AddDays(due), Today.AddDays(due))]);
            order.Approve(new(story.Person("mira.holsten@example.test"), "Mira Holsten", null), order.Total, at.AddMinutes(20));
            order.Issue("Tarek Olsson", "tarek.olsson@example.test", "", at.AddHours(1));
            order.Acknowledge(at.AddDays(1));
            story.Made.Add(("orders", order.Id, at));
            db.Add(order);
        }
    }

    /// <summary>How many orders it adds.</summary>
    public const int Orders = 10;
}
