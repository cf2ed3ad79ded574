using Sourcing.Data.Operations;

namespace Sourcing.Data.Rfqs;

/// <summary>Deadlines and reminders, every minute.</summary>
public sealed class RfqDeadlineWork(RfqDeadlineService deadlines) : IRegularWork
{
    /// <inheritdoc/>
    public string Name => "rfq-deadlines";

    /// <inheritdoc/>
    public string Title => "Close RFQs at their deadline and remind suppliers";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken ct)
    {
        var run = await deadlines.RunAsync(ct);
        return $"{run.Closed} closed, {run.Reminded} reminded.";
    }
}
