using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>Figures that planners enter: overrides with their reason, and forecasts of the source manual.</summary>
public sealed class ForecastOverrideService(Database database, CurrentUser user)
{
    /// <summary>
    /// Sets or changes the figure of one week or several. Refuses weeks that are over, an override without a reason, weeks that an imported figure
    /// of another span covers (they would add up), and figures that somebody else set meanwhile.
    /// </summary>
    /// <returns>The part.</returns>
    public Task<Guid> SetAsync(ForecastFigureForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                if (!await db.Parts.AnyAsync(p => p.Id == form.PartId, token))
                {
                    throw new MissingException("part");
                }

                var (first, weeks) = (IsoWeek.Monday(form.From!.Value), form.Weeks!.Value);
                DemandAhead(first, await db.NowAsync(token));
                var rows = await OverlappingAsync(db, form, first, first.AddDays(7 * weeks), token);
                for (var week = 0; week < weeks; week++)
                {
                    Set(db, form, first.AddDays(7 * week), rows);
                }

                await db.SaveChangesAsync(token);
                await db.AnnounceAsync(ForecastService.Topic, form.PartId, token);
                return form.PartId;
            },
            ct);
    }

    /// <summary>Takes figures away. Refuses figures of other sources, of other parts, and those that somebody else changed meanwhile.</summary>
    /// <returns>The part.</returns>
    public Task<Guid> RemoveAsync(RemoveFiguresForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var ids = form.Figures.Select(f => f.Id).ToList();
                var rows = await db.Forecasts
                    .Where(f => ids.Contains(f.Id) && f.PartId == form.PartId && (f.Source == ForecastSource.Override || f.Source == ForecastSource.Manual)).ToListAsync(token);
                if (rows.Count < ids.Distinct().Count())
                {
                    throw new MissingException("figure");
                }

                foreach (var row in rows)
                {
                    Know(db, row, form.Figures);
                    db.Remove(row);
                }

                await db.SaveChangesAsync(token);
                await db.AnnounceAsync(ForecastService.Topic, form.PartId, token);
                return form.PartId;
            },
            ct);
    }

    private static void DemandAhead(DateOnly first, DateTimeOffset now)
    {
        if (first < IsoWeek.Monday(now))
        {
            throw new RefusedException(
                nameof(ForecastFigureForm.From), $"The week of {first.ToString("d MMM yyyy", CultureInfo.InvariantCulture)} is over. Choose this week or a later one.");
        }
    }

    private static async Task<Dictionary<DateOnly, Forecast>> OverlappingAsync(SourcingDb db, ForecastFigureForm form, DateOnly first, DateOnly end, CancellationToken ct)
    {
        // A month reaches at most 31 days beyond its first.
        var rows = await db.Forecasts.Where(f => f.PartId == form.PartId && f.Source == form.Source && f.Date > first.AddDays(-31) && f.Date < end).ToListAsync(ct);
        var other = rows.Where(f => f.Period != ForecastPeriod.Week || f.Date.DayOfWeek != DayOfWeek.Monday).OrderBy(f => f.Date).FirstOrDefault(f => End(f) > first);
        if (other is not null)
        {
            var span = other.Period == ForecastPeriod.Month ? other.Date.ToString("MMMM yyyy", CultureInfo.InvariantCulture)
                : $"the {Words.Spaced(other.Period).ToLowerInvariant()} of {other.Date.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}";
            throw new RefusedException(
                nameof(ForecastFigureForm.From), $"A figure of the same source for {span} reaches into these weeks, and the two would add up. Remove it first, or choose other weeks.");
        }

        return rows.Where(f => f.Date >= first && f.Period == ForecastPeriod.Week).ToDictionary(f => f.Date);
    }

    private static DateOnly End(Forecast row) => row.Period switch
    {
        ForecastPeriod.Day => row.Date.AddDays(1),
        ForecastPeriod.Week => row.Date.AddDays(7),
        _ => row.Date.AddMonths(1),
    };

    private static void Set(SourcingDb db, ForecastFigureForm form, DateOnly week, Dictionary<DateOnly, Forecast> rows)
    {
        var (quantity, confidence) = (form.Quantity!.Value, form.Source == ForecastSource.Override ? 1 : form.Confidence!.Value);
        if (!rows.TryGetValue(week, out var row))
        {
            db.Add(new Forecast(form.PartId, form.Source, week, ForecastPeriod.Week, quantity, confidence, form.Reason));
            return;
        }

        Know(db, row, form.Version);
        row.Change(quantity, confidence, form.Reason);
    }

    private static void Know(SourcingDb db, Forecast row, List<SeenFigure> seen)
    {
        var known = seen.Find(f => f.Id == row.Id) ?? throw new ConflictException();
        db.Entry(row).Property(r => r.Version).OriginalValue = known.Version;
    }
}
