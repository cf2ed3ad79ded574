using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Sourcing.Web.Layout;

/// <summary>
/// Announces the page that somebody has gone to by moving the focus to its title. The first page of a visit needs none, and a field in
/// which somebody types already keeps the focus: on a slow line this comes late, and would send the next letters nowhere.
/// </summary>
public sealed class TitleFocus : ComponentBase
{
    private Type? _shown;
    private bool _moved;

    /// <summary>The page that is shown now.</summary>
    [Parameter, EditorRequired]
    public Microsoft.AspNetCore.Components.RouteData Route { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _moved |= _shown is not null && _shown != Route.PageType;
        _shown = Route.PageType;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_moved)
        {
            _moved = false;
            try
            {
                await Js.InvokeVoidAsync("sourcing.focusTitle");
            }
            catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
            {
                // Nobody looks at this page any more.
            }
        }
    }
}
