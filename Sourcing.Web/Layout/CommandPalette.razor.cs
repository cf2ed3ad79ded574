using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Sales;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Layout;

/// <summary>Search over everything one may see, and commands: Ctrl+K.</summary>
public sealed partial class CommandPalette : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);
    private bool _open;
    private bool _searching;
    private string _text = "";
    private int _at;
    private List<PaletteHit> _hits = [];
    private CancellationTokenSource _typing = new();

    /// <summary>Opens it, empty.</summary>
    public void Open()
    {
        (_open, _text, _at) = (true, "", 0);
        _hits = [.. PaletteCommands.Matching(User, "")];
        StateHasChanged();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _typing.Cancel();
        _typing.Dispose();
    }

    private void Close() => _open = false;

    private async Task TypedAsync(string? text)
    {
        _text = text ?? "";
        await _typing.CancelAsync();
        _typing.Dispose();
        _typing = new();
        var ct = _typing.Token;
        try
        {
            await Task.Delay(Pause, ct);
            _searching = true;
            var found = await FindAsync(_text.Trim(), ct);
            if (!ct.IsCancellationRequested)
            {
                (_hits, _at, _searching) = (found, 0, false);
            }
        }
        catch (OperationCanceledException)
        {
            // The next letter came.
        }
    }

    private async Task<List<PaletteHit>> FindAsync(string text, CancellationToken ct)
    {
        var commands = PaletteCommands.Matching(User, text.TrimStart('>', ' '));
        if (text.StartsWith('>'))
        {
            return [.. commands];
        }

        try
        {
            var found = await Search.FindAsync(text, 6, ct);
            // What was found by its number is what one wants to do something with.
            var part = found.FirstOrDefault(f => f is { Kind: SearchKind.Part, ByNumber: true });
            return [.. found.Select(Hit), .. part is null ? [] : PaletteCommands.For(User, part), .. commands];
        }
        catch (RefusedException refusal)
        {
            Toasts.Refused(refusal.Message);
            return [.. commands];
        }
    }

    private PaletteHit Hit(SearchResult found)
    {
        var state = found.State is null ? "" : StateHues.TextOf(found.State);
        return found.Kind switch
        {
            SearchKind.Part => new("Parts", "category", found.Number, found.Name, "", Links.Part(found.Id)),
            SearchKind.Supplier => new("Suppliers", "factory", found.Name, found.Number, found.State is null ? "" : $"blocked for {state.ToLowerInvariant()}", Links.Supplier(found.Id)),
            SearchKind.Customer => new("Customers", "storefront", found.Name, found.Number, "", Links.Customer(found.Id)),
            SearchKind.Rfq => new("RFQs", "request_quote", found.Number, found.Name, found.On is null ? state : $"{state} · {Format.Day(found.On)}", Links.RfqFor(User, found.Id)!),
            SearchKind.Member => new("Members", "person", found.Name, found.Number, "", Links.Member(found.Id)),
            SearchKind.Note => new("Notes", Sales.NoteWords.Icon((NoteKind)found.State!), found.Number, Sales.NoteWords.Excerpt(found.Name, 80), Format.Day(found.On), Links.Note(found.Id)),
            _ => new("Orders", "local_shipping", found.Number, found.Name, found.On is { } due ? $"{state} · due {Format.Date(DateOnly.FromDateTime(due.UtcDateTime))}" : state, User.May(Permission.OrdersRead) ? Links.Order(found.Id) : Links.CustomerOrder(found.Id)),
        };
    }

    private async Task KeyAsync(KeyboardEventArgs e)
    {
        switch (e.Key)
        {
            case "ArrowDown" when _hits.Count > 0:
                _at = (_at + 1) % _hits.Count;
                break;
            case "ArrowUp" when _hits.Count > 0:
                _at = (_at + _hits.Count - 1) % _hits.Count;
                break;
            case "Enter" when _at < _hits.Count:
                await GoAsync(_hits[_at], e.CtrlKey || e.MetaKey);
                break;
            case "Escape":
                Close();
                break;
        }
    }

    private async Task GoAsync(PaletteHit hit, bool newTab)
    {
        Close();
        if (hit.Href is null)
        {
            await Js.InvokeVoidAsync("sourcing.toggleScheme");
        }
        else if (newTab)
        {
            await Js.InvokeVoidAsync("open", hit.Href, "_blank");
        }
        else
        {
            Navigation.NavigateTo(hit.Href);
        }
    }

    /// <summary>The title with what was typed emphasised, passing over spaces and hyphens.</summary>
    private RenderFragment Marked(string title) => builder =>
    {
        var (from, to) = PaletteMatch.Find(title, _text);
        builder.AddContent(0, title[..from]);
        if (to > from)
        {
            builder.OpenElement(1, "mark");
            builder.AddContent(2, title[from..to]);
            builder.CloseElement();
        }

        builder.AddContent(3, title[to..]);
    };
}
