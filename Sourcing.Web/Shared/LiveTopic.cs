using Microsoft.AspNetCore.Components;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Shared;

/// <summary>
/// Makes a page live: <c>&lt;LiveTopic Topic="rfqs" Changed="ReloadAsync" /&gt;</c> calls back on the page's own thread whenever
/// anybody, on any server, announced the topic. A burst gives one call.
/// </summary>
public sealed class LiveTopic : ComponentBase, IDisposable
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _subscription;
    private string? _topic;
    private int _pending;

    /// <summary>What to listen to: usually the table.</summary>
    [Parameter, EditorRequired]
    public string Topic { get; set; } = "";

    /// <summary>Only this record; null for all of the topic.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>Load again. Gets the last event of the burst.</summary>
    [Parameter, EditorRequired]
    public EventCallback<LiveEvent> Changed { get; set; }

    [Inject]
    private LiveEvents Live { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _subscription?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_topic == Topic)
        {
            return;
        }

        _subscription?.Dispose();
        _topic = Topic;
        _subscription = Live.Subscribe(Topic, Heard);
    }

    // Called from the listener's thread: never works here.
    private void Heard(LiveEvent what)
    {
        if ((Id is null || what.Id is null || what.Id == Id) && Interlocked.Exchange(ref _pending, 1) == 0)
        {
            _ = PassAsync(what);
        }
    }

    private async Task PassAsync(LiveEvent what)
    {
        try
        {
            await Task.Delay(Gather, _gone.Token);
            await InvokeAsync(() =>
            {
                Interlocked.Exchange(ref _pending, 0);
                return _gone.IsCancellationRequested ? Task.CompletedTask : Changed.InvokeAsync(what);
            });
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
        {
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }
}
