using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace Sourcing.Web.Tests.Support;

/// <summary>
/// What people do on a page. Each act finds its element on the page's own thread and is awaited: a page that is still reading, or
/// hears of somebody else's change, draws between two statements of a test, and an act that is not awaited waits behind that.
/// </summary>
public static class PageActs
{
    /// <summary>Types into a field and leaves it.</summary>
    public static Task TypeAsync<TPage>(this IRenderedComponent<TPage> page, string selector, string text)
        where TPage : IComponent => page.InvokeAsync(() => page.Find(selector).ChangeAsync(new ChangeEventArgs { Value = text }));

    /// <summary>Presses the button whose text ends so.</summary>
    public static Task PressAsync<TPage>(this IRenderedComponent<TPage> page, string text)
        where TPage : IComponent => page.InvokeAsync(() => Button(page, text).ClickAsync(new()));

    /// <summary>The one button whose text ends so.</summary>
    public static IElement Button<TPage>(this IRenderedComponent<TPage> page, string text)
        where TPage : IComponent => page.FindAll("button").Single(b => b.TextContent.Trim().EndsWith(text, StringComparison.Ordinal));
}
