using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Layout;

/// <summary>
/// Keeps a fault on the page where it happened. A refusal is shown in its own words; anything else under an id that the log
/// knows, never with its stack.
/// </summary>
public sealed class PageBoundary : ErrorBoundaryBase, IDisposable
{
    private string _id = "";
    private IDisposable? _back;

    [Inject]
    private ILogger<PageBoundary> Log { get; set; } = null!;

    [Inject]
    private LiveEvents Live { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => _back?.Dispose();

    /// <inheritdoc/>
    protected override void OnInitialized() => _back = Live.Subscribe(LiveEvents.Connection, what => _ = InvokeAsync(TryAgain));

    // A page that failed because the database was away comes back with it.
    private void TryAgain()
    {
        if (CurrentException is DatabaseAwayException && Live.Connected)
        {
            Recover();
        }
    }

    /// <inheritdoc/>
    protected override Task OnErrorAsync(Exception exception)
    {
        if (exception is RefusedException)
        {
            return Task.CompletedTask;
        }

        _id = Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
        Log.LogError(exception, "A page failed: {FaultId}", _id);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenComponent<FaultPanel>(1);
        builder.AddComponentParameter(2, nameof(FaultPanel.Refusal), (CurrentException as RefusedException)?.Message);
        builder.AddComponentParameter(3, nameof(FaultPanel.FaultId), _id);
        builder.AddComponentParameter(4, nameof(FaultPanel.Retry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }
}
