using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>One round: reads what was sold by week, forecasts every part, and writes what came of it in one transaction.</summary>
internal sealed class ForecastRound(Database database, CurrentUser user, ForecastCycle cycle)
{
    // Parts between two words of progress.
    private const int Batch = 64;

    private const int Minutes = 30;

    /// <summary>Statements over all parts that it took to read and to write.</summary>
    public int Statements { get; private set; }

    /// <summary>Does the round.</summary>
    /// <param name="tell">0 to 1, and what is being done; throws to stop it.</param>
    /// <returns>A sentence about the outcome.</returns>
    public async Task<string> RunAsync(Func<decimal, string, Task> tell, CancellationToken ct)
    {
        await tell(0, "Reading sales by week");
        var (parts, reads) = await database.ReadAsync(
            async (db, token) =>
            {
                await db.AllowMinutesAsync(Minutes, token);
                return await ForecastInput.ReadAsync(db, cycle.Origin, token);
            }, ct);
        var runs = new ForecastRun[parts.Count];
        for (var from = 0; from < runs.Length; from += Batch)
        {
            await tell(0.05m + (0.85m * from / runs.Length), $"{from:N0} of {runs.Length:N0} parts forecast");
            await Task.Run(() => Parallel.For(
                from, Math.Min(from + Batch, runs.Length), new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount }, i => runs[i] = Run(parts[i])), ct);
        }

        await tell(0.9m, $"Writing the forecasts of {runs.Length:N0} parts");
        var brief = runs.Count(r => r.Count < Forecaster.LeastPeriods);
        await database.WriteAsync(
            async (db, token) =>
            {
                await db.AllowMinutesAsync(Minutes, token);
                var round = await db.ForecastCycles.SingleAsync(c => c.Id == cycle.Id, token);
                var writer = new ForecastWriter(db, round);
                await writer.WriteResultsAsync(parts, runs, token);
                await writer.ReplaceForecastsAsync(user.Id, token);
                await writer.WriteDemandAsync(token);
                Statements = reads + writer.Statements;
                round.Finish(runs.Length, brief, await db.NowAsync(token));
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync(ForecastService.Topic, cycle.Id, token);
            }, ct);
        return $"{runs.Length:N0} {(runs.Length == 1 ? "part was" : "parts were")} forecast for {cycle.Horizon} weeks"
            + (brief == 0 ? "." : $"; {brief:N0} {(brief == 1 ? "has" : "have")} fewer than {Forecaster.LeastPeriods} weeks of history and got a plain average.");
    }

    private ForecastRun Run(PartDemand part) => Forecaster.Run(part.Series, new(cycle.Horizon, part.Ahead, part.ServiceLevel));
}
