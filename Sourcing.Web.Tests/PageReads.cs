using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace Sourcing.Web.Tests;

/// <summary>
/// How tests look at a rendered page: between two drawings, never beside one. The library's own reads run on the test's thread;
/// one that falls into a drawing keeps the page as it was before, with event handlers that are gone, until the next drawing.
/// These stand nearer to the tests than the library's, so they are the ones called.
/// </summary>
internal static class PageReads
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static IElement Find<T>(this IRenderedComponent<T> page, string selector)
        where T : IComponent => Between(page, () => RenderedComponentExtensions.Find(page, selector));

    public static IReadOnlyList<IElement> FindAll<T>(this IRenderedComponent<T> page, string selector)
        where T : IComponent => Between(page, () => RenderedComponentExtensions.FindAll(page, selector));

    public static void WaitForAssertion<T>(this IRenderedComponent<T> page, Action assertion)
        where T : IComponent => RenderedComponentWaitForHelperExtensions.WaitForAssertion(page, () => Between(page, () => { assertion(); return true; }));

    public static IElement WaitForElement<T>(this IRenderedComponent<T> page, string selector)
        where T : IComponent
    {
        IElement? found = null;
        page.WaitForAssertion(() => found = page.Find(selector));
        return found!;
    }

    private static TResult Between<T, TResult>(IRenderedComponent<T> page, Func<TResult> read)
        where T : IComponent => page.InvokeAsync(read).WaitAsync(Patience).GetAwaiter().GetResult();
}
