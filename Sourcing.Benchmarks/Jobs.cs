using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Imports;
using Sourcing.Data.Operations;

namespace Sourcing.Benchmarks;

/// <summary>Does queued work at once, in this process.</summary>
internal static class Jobs
{
    /// <summary>Works on an import as a server would, and gives its sentence.</summary>
    public static async Task<string> WorkAsync(AsyncServiceScope scope, Guid importId)
    {
        var service = scope.ServiceProvider.GetRequiredService<JobRunService>();
        var run = await service.LatestForAsync(importId, CancellationToken.None) ?? throw new InvalidOperationException("Nothing is queued.");
        var work = scope.ServiceProvider.GetServices<IBackgroundWork>().OfType<ImportWork>().Single();
        return await work.RunAsync(run, new JobProgress(service, run.Id), CancellationToken.None);
    }
}
