using Microsoft.EntityFrameworkCore;
using Sourcing.Data;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Forecasts;

namespace Sourcing.Web.Tests.Support;

/// <summary>A part that is sold by the kilogram.</summary>
/// <param name="Monday">Of the week that runs, by the database's clock.</param>
public sealed record SoldPart(Guid Id, string Number, DateOnly Monday);

public static partial class Make
{
    /// <summary>A part with these sales in its last closed weeks, oldest first, each on a Wednesday, to Brinwell in the north for EUR 2 a kilogram; a week of 0 has no sale.</summary>
    public static Task<SoldPart> SoldPartAsync(TestDatabase database, params decimal[] weeks) => DemandAsync(database, async (db, ct) =>
    {
        var number = $"FAB-{Guid.CreateVersion7().ToString("N")[^10..]}";
        var part = new Part(new PartFacts(number, $"Jersey {number}", PartType.FinishedGood, await UnitAsync(db, "kg", ct)));
        var monday = IsoWeek.Monday(await db.NowAsync(ct));
        var (first, last) = (monday.AddDays(-7 * Math.Max(1, weeks.Length)), monday);
        await db.Database.ExecuteSqlAsync($"select app.ensure_months('public.sales_history', {first}, {last})", ct);
        db.Add(part);
        // Nothing tells the context that a sale needs its part first.
        await db.SaveChangesAsync(ct);
        for (var week = 0; week < weeks.Length; week++)
        {
            if (weeks[week] != 0)
            {
                db.Add(Sale(part.Id, monday.AddDays((-7 * (weeks.Length - week)) + 2), weeks[week]));
            }
        }

        await db.SaveChangesAsync(ct);
        return new SoldPart(part.Id, number, monday);
    });

    /// <summary>One sale at noon.</summary>
    public static SalesRecord Sale(
        Guid part, DateOnly day, decimal quantity, decimal? price = 2, string? currency = "EUR", string customer = "Brinwell", string region = "North", string segment = "Retail") =>
        new(new(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero), part, quantity, price, currency, customer, region, segment, "INV-1");

    /// <summary>Acts on the database as an admin.</summary>
    public static async Task<T> DemandAsync<T>(TestDatabase database, Func<SourcingDb, CancellationToken, Task<T>> act)
    {
        await using var scope = database.As(await database.UserAsync(null, [Role.Admin]));
        return await scope.Get<Database>().WriteAsync(act, TestContext.Current.CancellationToken);
    }

    /// <summary>Puts rows into the database, whatever they are.</summary>
    public static Task KeepAsync(TestDatabase database, params object[] rows) => DemandAsync(database, async (db, ct) =>
    {
        db.AddRange(rows);
        return await db.SaveChangesAsync(ct);
    });

    /// <summary>A finished round of forecasting that begins so many weeks ago.</summary>
    /// <returns>The round, and how many statements over all parts it took.</returns>
    public static async Task<(ForecastCycle Cycle, int Statements, string Outcome)> ForecastRoundAsync(TestDatabase database, int weeksAgo = 0)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scope = await database.AsAsync(Role.Planner);
        var data = scope.Get<Database>();
        var cycle = await data.WriteAsync(
            async (db, token) => await ForecastService.AddAsync(db, IsoWeek.Monday(await db.NowAsync(token)).AddDays(-7 * weeksAgo), scope.User.Id, token), ct);
        var round = new ForecastRound(data, scope.User, cycle);
        var outcome = await round.RunAsync((_, _) => Task.CompletedTask, ct);
        return (cycle, round.Statements, outcome);
    }
}
