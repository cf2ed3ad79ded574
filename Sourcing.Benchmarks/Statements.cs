using System.Collections.Concurrent;
using System.Diagnostics;

namespace Sourcing.Benchmarks;

/// <summary>A statement that was sent.</summary>
/// <param name="From">What the meter said when it was sent.</param>
/// <param name="To">And when its rows were read.</param>
internal sealed record Statement(string Text, Cost From, Cost To)
{
    public Cost Cost => To - From;

    /// <summary>EF sends what it saves together, each statement with its semicolon.</summary>
    public int Count => Math.Max(1, Text.Split('\n').Count(line => line.EndsWith(';')));
}

/// <summary>
/// What is sent while it lives, by Npgsql's own traces, which see COPY and every statement of whatever library; transactions' begin and end are none.
/// </summary>
internal sealed class Statements : IDisposable
{
    private readonly ConcurrentQueue<Statement> _sent = new();
    private readonly ActivityListener _listener;

    public Statements(Meter meter)
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == "Npgsql", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => activity.SetCustomProperty("from", meter.Read()),
            ActivityStopped = activity => _sent.Enqueue(new(activity.GetTagItem("db.query.text") as string ?? activity.DisplayName, (Cost)activity.GetCustomProperty("from")!, meter.Read())),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>In the order in which they ended.</summary>
    public IReadOnlyList<Statement> Sent => [.. _sent];

    public void Dispose() => _listener.Dispose();
}
