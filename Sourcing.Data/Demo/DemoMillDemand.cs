using Sourcing.Data.Catalog;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Engine;
using static Sourcing.Data.Demo.DemoMillCatalog;

namespace Sourcing.Data.Demo;

/// <summary>What the demo's mill sold in 26 months, what is ordered, and what three sources expect.</summary>
internal sealed class DemoMillDemand(SourcingDb db, DemoStory story, IReadOnlyDictionary<string, Part> parts)
{
    private const int Weeks = 113;

    // A season of two halves: summer goods sell before summer.
    private readonly Random _random = new(20261128);

    private DateOnly Today => DemoTrade.Day(story.Now);

    private DateOnly Monday => Today.AddDays(-(((int)Today.DayOfWeek + 6) % 7));

    public static void Add(SourcingDb db, DemoStory story, IReadOnlyDictionary<string, Part> parts)
    {
        var demand = new DemoMillDemand(db, story, parts);
        foreach (var (fabric, at) in Fabrics.Select((f, i) => (f, i)))
        {
            demand.AddSales(fabric, at);
            demand.AddForecasts(fabric, at);
            demand.AddSalesOrders(fabric, at);
        }

        demand.AddOddities();
    }

    private void AddSales(Fabric fabric, int at)
    {
        for (var week = -Weeks; week < 0; week++)
        {
            var metres = Metres(fabric, week);
            if (metres <= 0)
            {
                continue;
            }

            // Most weeks are a few invoices of different customers.
            var invoices = fabric.Pattern is Pattern.Intermittent or Pattern.Lumpy ? 1 : 1 + _random.Next(3);
            for (var i = 0; i < invoices; i++)
            {
                var (customer, region, segment) = Customers[(at + i + ((week + Weeks) % 5)) % Customers.Length];
                var day = Monday.AddDays((7 * week) + _random.Next(5));
                var quantity = decimal.Round(metres / invoices);
                var price = decimal.Round(fabric.Price * (1 + (0.0006m * (week + Weeks))) * (segment == "Workwear" ? 0.94m : 1), 2);
                db.Add(new SalesRecord(Noon(day), parts[fabric.Number].Id, quantity, price, "EUR", customer, region, segment, $"INV-{day.Year}-{(((week + Weeks) * 40) + (at * 3) + i) % 100000:00000}"));
            }
        }
    }

    /// <summary>Metres of a week, 0 or more; week 0 is this one.</summary>
    private decimal Metres(Fabric fabric, int week)
    {
        var season = 1 + (0.45 * Math.Sin((Monday.AddDays(7 * week).DayOfYear / 365.25 * 2 * Math.PI) - 0.4));
        var noise = 0.85 + (_random.NextDouble() * 0.3);
        var level = fabric.Pattern switch
        {
            Pattern.Growing => 0.6 + (0.4 * (week + Weeks) / Weeks),
            Pattern.Fading => 1.5 - (0.9 * (week + Weeks) / Weeks),
            Pattern.Seasonal => season,
            Pattern.Intermittent => _random.Next(3) == 0 ? 2.6 : 0,
            Pattern.Lumpy => _random.Next(4) == 0 ? 1 + (_random.NextDouble() * 6) : 0,
            Pattern.New => week >= -20 ? 0.5 + (0.5 * (week + 20) / 20) : 0,
            _ => 1,
        };
        return decimal.Round(fabric.Weekly * (decimal)(level * noise));
    }

    private void AddForecasts(Fabric fabric, int at)
    {
        var part = parts[fabric.Number].Id;
        for (var week = 0; week < 8; week++)
        {
            db.Add(new Forecast(part, ForecastSource.ProdPlan, Monday.AddDays(7 * week), ForecastPeriod.Week, decimal.Round(Metres(Usual(fabric), week) * 1.02m), 0.9m));
        }

        var month = new DateOnly(Today.Year, Today.Month, 1).AddMonths(1);
        for (var i = 0; i < 5; i++)
        {
            db.Add(new Forecast(part, ForecastSource.Projection, month.AddMonths(i), ForecastPeriod.Month, decimal.Round(fabric.Weekly * 4.35m * (1 + (0.03m * ((at + i) % 5)))), 0.7m));
        }

        if (at % 3 == 0)
        {
            for (var week = 2; week < 10; week++)
            {
                db.Add(new Forecast(part, ForecastSource.Manual, Monday.AddDays(7 * week), ForecastPeriod.Week, decimal.Round(fabric.Weekly * (at % 2 == 0 ? 1.1m : 0.9m)), 0.6m));
            }
        }
    }

    private static Fabric Usual(Fabric fabric) => fabric with { Pattern = fabric.Pattern is Pattern.Seasonal or Pattern.Growing or Pattern.Fading ? fabric.Pattern : Pattern.Steady };

    private void AddSalesOrders(Fabric fabric, int at)
    {
        var part = parts[fabric.Number].Id;
        for (var i = 0; i < 2; i++)
        {
            var quantity = decimal.Round(fabric.Weekly * (0.5m + (0.25m * ((at + i) % 4))));
            var due = Today.AddDays(4 + (((at * 5) + (i * 11)) % 38));
            db.Add(new SalesOrderLine($"SO-{Today.Year}-{3380 + (at * 2) + i}", 10, part, new(
                Customers[(at + (3 * i)) % Customers.Length].Name, quantity, (at + i) % 6 == 5 ? decimal.Round(quantity * 0.4m) : 0, due, (at + i) % 11 == 7 ? SalesOrderStatus.OnHold : SalesOrderStatus.Open, fabric.Price, "EUR")));
        }
    }

    private void AddOddities()
    {
        var jersey = parts["FAB-16003"].Id;
        db.Add(new SalesOrderLine($"SO-{Today.Year}-3501", 10, jersey, new("Kestrel Uniforms", 900, 0, Today.AddDays(-5), SalesOrderStatus.Open, 6.40m, "EUR")));
        db.Add(new SalesOrderLine($"SO-{Today.Year}-3502", 10, parts["FAB-20001"].Id, new("Ilona Atelier", 350, 0, null, SalesOrderStatus.Open, 7.30m, "EUR")));
        db.Add(new SalesOrderLine($"SO-{Today.Year}-3503", 10, parts["FAB-90001"].Id, new("Morska Moda", 600, 0, Today.AddDays(15), SalesOrderStatus.Open, 3.10m, "EUR")));
        db.Add(new SalesOrderLine($"SO-{Today.Year}-3504", 10, parts["FAB-90002"].Id, new("Galvani Sport", 400, 0, Today.AddDays(28), SalesOrderStatus.Open, 6.80m, "EUR")));
        db.Add(new SalesOrderLine($"SO-{Today.Year}-3490", 10, jersey, new("Casamar Moda", 1200, 1200, Today.AddDays(-12), SalesOrderStatus.Shipped, 6.40m, "EUR")));
    }

    private static DateTimeOffset Noon(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
}
