using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Portal;

/// <summary>What the supplier's pages about one RFQ share: the sheet, loaded and kept up to date.</summary>
public abstract class QuotePages : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    /// <summary>The RFQ.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    protected QuoteQueries Queries { get; set; } = null!;

    [Inject]
    protected QuoteService Service { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Null while loading.</summary>
    protected QuoteSheet? Sheet { get; private set; }

    /// <summary>There is no such RFQ for this supplier.</summary>
    protected bool Missing { get; private set; }

    /// <summary>Ends with the page.</summary>
    protected CancellationToken Ct => _gone.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (Sheet?.Rfq.Id != Id)
        {
            await LoadAsync();
            await OpenedAsync();
        }
    }

    /// <summary>Reads the sheet again.</summary>
    protected async Task LoadAsync()
    {
        try
        {
            Sheet = await Queries.OwnAsync(Id, Ct);
            Missing = false;
        }
        catch (MissingException)
        {
            (Sheet, Missing) = (null, true);
        }
    }

    /// <summary>Once, after the first load.</summary>
    protected virtual Task OpenedAsync() => Task.CompletedTask;
}
