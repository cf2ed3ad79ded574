using Microsoft.AspNetCore.Components;
using Radzen;

namespace Sourcing.Web.Shared;

/// <summary>Windows over the page: 480 wide for a question, 640 for work.</summary>
public sealed class Dialogs(DialogService service)
{
    /// <summary>Asks before something that matters. True when the person chose the verb.</summary>
    /// <param name="title">Verb and object: "Cancel RFQ-2026-00412".</param>
    /// <param name="text">What will happen.</param>
    /// <param name="verb">The button that does it: "Cancel RFQ".</param>
    /// <param name="danger">It destroys.</param>
    public async Task<bool> ConfirmAsync(string title, string text, string verb, bool danger = false) =>
        await OpenAsync<ConfirmDialog>(title, new() { ["Text"] = text, ["Verb"] = verb, ["Danger"] = danger }, 480) is true;

    /// <summary>Opens a component as a dialog; gives what it closes with, null when it was dismissed.</summary>
    public async Task<object?> OpenAsync<TComponent>(string title, Dictionary<string, object?>? parameters = null, int width = 640) where TComponent : ComponentBase =>
        await service.OpenAsync<TComponent>(
            title, parameters!, new DialogOptions { Width = $"min({width}px, calc(100vw - 24px))", CloseDialogOnEsc = true, CloseAriaLabel = "Close", ContentCssClass = "dialog-content" });

    /// <summary>Closes the open dialog.</summary>
    public void Close(object? result = null) => service.Close(result);
}
