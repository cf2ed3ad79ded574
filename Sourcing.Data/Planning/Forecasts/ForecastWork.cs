using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>
/// The long part of a round, outside any page. All that it writes is one transaction at its end, so that a restart, a fault or a cancellation leaves
/// nothing behind but the round's row, and the work is simply done again.
/// </summary>
public sealed class ForecastWork(Database database, CurrentUser user) : IBackgroundWork
{
    /// <summary>The kind of its jobs.</summary>
    public const string JobKind = "forecast";

    /// <inheritdoc/>
    public string Kind => JobKind;

    /// <inheritdoc/>
    public Task<string> RunAsync(JobRunView run, JobProgress progress, CancellationToken ct) =>
        WorkAsync(run.SubjectId ?? throw new MissingException("forecast round"), (part, message) => progress.TellAsync(part, message, ct), ct);

    /// <summary>Does a round that is not finished.</summary>
    /// <param name="tell">0 to 1, and what is being done; throws to stop it.</param>
    /// <returns>A sentence about the outcome.</returns>
    internal async Task<string> WorkAsync(Guid cycleId, Func<decimal, string, Task> tell, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        var cycle = await database.ReadAsync((db, token) => db.ForecastCycles.AsNoTracking().SingleOrDefaultAsync(c => c.Id == cycleId, token), ct)
            ?? throw new MissingException("forecast round");
        return cycle.FinishedAt is null ? await new ForecastRound(database, user, cycle).RunAsync(tell, ct) : "Nothing was left to do.";
    }
}
