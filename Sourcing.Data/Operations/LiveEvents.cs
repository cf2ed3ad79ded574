using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>Something changed. Names no content: whoever hears it loads again with their own rights.</summary>
/// <param name="Topic">Usually the table.</param>
/// <param name="Id">The record; null for "anything of it", also after a lost connection, when something may have been missed.</param>
/// <param name="Actor">Who did it; null when unknown.</param>
public sealed record LiveEvent(string Topic, Guid? Id, Guid? Actor);

/// <summary>
/// Hears what any server announces (<see cref="Telling.AnnounceAsync"/>), through one connection per server, and passes it to
/// the open pages of this one. A subscription costs one entry in a dictionary.
/// </summary>
public sealed class LiveEvents(DataSources sources, ILogger<LiveEvents> log) : BackgroundService
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Subscription, bool>> _topics = new(StringComparer.Ordinal);

    /// <summary>The topic under which pages hear that the database went away or came back.</summary>
    public const string Connection = "connection";

    /// <summary>Whether it is listening now.</summary>
    public bool Connected { get; private set; }

    /// <summary>Whether the database was looked for and not found: false again as soon as it answers, and before the first attempt.</summary>
    public bool Lost { get; private set; }

    /// <summary>Calls <paramref name="heard"/> at every event of the topic until disposed. The call comes from another thread and must return at once.</summary>
    public IDisposable Subscribe(string topic, Action<LiveEvent> heard)
    {
        var subscription = new Subscription(this, topic, heard);
        _topics.GetOrAdd(topic, _ => new())[subscription] = true;
        return subscription;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Whatever it was, the app outlives its listener.
                log.LogWarning("Live updates lost the database and connect again: {Reason}", fault.Message);
                if (fault is ObjectDisposedException)
                {
                    // The app is going down around us: there is nobody to tell.
                    Connected = false;
                    await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    continue;
                }
            }

            // One connection may break for reasons of its own: the first new one is tried at once.
            var again = Connected;
            (Connected, Lost) = (false, true);
            Pass(new(Connection, null, null));
            if (!again)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await sources.For(DatabaseAccess.Internal).OpenConnectionAsync(ct);
        connection.Notification += (_, message) => Hear(message.Payload);
        await using (var listen = new NpgsqlCommand("listen sourcing", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        var missed = Lost;
        (Connected, Lost) = (true, false);
        if (!missed)
        {
            Pass(new(Connection, null, null));
        }
        else
        {
            foreach (var topic in _topics.Keys)
            {
                Pass(new(topic, null, null));
            }
        }

        while (true)
        {
            if (!await connection.WaitAsync(TimeSpan.FromSeconds(20), ct))
            {
                // Nothing heard: is the other side still there?
                await using var ping = new NpgsqlCommand("select 1", connection) { CommandTimeout = 5 };
                await ping.ExecuteNonQueryAsync(ct);
            }
        }
    }

    private void Hear(string payload)
    {
        try
        {
            Pass(JsonSerializer.Deserialize<LiveEvent>(payload, JsonSerializerOptions.Web)!);
        }
        catch (JsonException fault)
        {
            log.LogWarning(fault, "An announcement could not be read");
        }
    }

    private void Pass(LiveEvent what)
    {
        if (!_topics.TryGetValue(what.Topic, out var subscriptions))
        {
            return;
        }

        foreach (var subscription in subscriptions.Keys)
        {
            try
            {
                subscription.Heard(what);
            }
            catch (Exception fault)
            {
                log.LogError(fault, "A subscriber of {Topic} failed", what.Topic);
            }
        }
    }

    private sealed class Subscription(LiveEvents events, string topic, Action<LiveEvent> heard) : IDisposable
    {
        public Action<LiveEvent> Heard => heard;

        public void Dispose()
        {
            if (events._topics.TryGetValue(topic, out var subscriptions))
            {
                subscriptions.TryRemove(this, out _);
            }
        }
    }
}
