using Microsoft.AspNetCore.Components;

namespace Sourcing.Web.Shared;

/// <summary>How one column of a <see cref="DataList{TRow}"/> is drawn, where its format does not do.</summary>
public sealed class ListCell<TRow> : ComponentBase where TRow : class
{
    /// <summary>Key of the column.</summary>
    [Parameter, EditorRequired]
    public string Key { get; set; } = "";

    /// <summary>The cell; its context is the row.</summary>
    [Parameter]
    public RenderFragment<TRow>? ChildContent { get; set; }

    [CascadingParameter]
    private DataList<TRow> List { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet() => List.Draw(Key, ChildContent!);
}
