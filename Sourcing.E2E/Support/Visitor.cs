using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Sourcing.Data.Operations;

namespace Sourcing.E2E.Support;

/// <summary>One browser window. Any error on the console or in a page's script fails the test when the window closes.</summary>
public sealed class Visitor : IAsyncDisposable
{
    // A page that was wide a moment ago takes a breath to become narrow: two hundred frames at most.
    private const string Narrow = """
        () => new Promise(done => {
            const page = document.documentElement;
            let frames = 0;
            const look = () => page.scrollWidth <= page.clientWidth + 1 ? done(true) : ++frames > 200 ? done(false) : requestAnimationFrame(look);
            look();
        })
        """;

    // Run in the page itself: only what was found comes back, not the hundred rules that the page keeps.
    private const string Serious = """
        async only => (await axe.run(document, { resultTypes: ['violations'], preload: false, selectors: false, elementRef: false, ...(only && { runOnly: [only] }) })).violations
            .filter(v => v.impact === 'serious' || v.impact === 'critical')
            .flatMap(v => v.nodes.map(n => `${v.id} (${v.impact}): ${n.html}`))
        """;

    // The other theme, once its style sheet is there.
    private const string OtherTheme = """
        async () => {
            const theme = document.getElementById('theme');
            await new Promise(done => { theme.addEventListener('load', done, { once: true }); sourcing.toggleScheme(); });
            await new Promise(requestAnimationFrame);
            return document.documentElement.dataset.scheme;
        }
        """;

    private static readonly string Axe = $"() => {{ if (!window.axe) {{ {new BundledAxeScriptProvider().GetScript()} }} }}";

    private readonly ConcurrentQueue<string> _faults = new();

    public Visitor(IPage page)
    {
        Page = page;
        page.PageError += (_, fault) => _faults.Enqueue($"{page.Url}: {fault}");
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !ExpectedFaults.Any(message.Text.Contains))
            {
                _faults.Enqueue($"{page.Url}: {message.Text}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Parts of console errors that this journey provokes on purpose: a refused request's status, say.</summary>
    public List<string> ExpectedFaults { get; } = [];

    /// <summary>Opens an address and waits until its buttons work.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(path);
        await ReadyAsync();
    }

    /// <summary>Waits until the page stands: pages are not prerendered, so a heading without skeletons means that the buttons work.</summary>
    public async Task ReadyAsync()
    {
        await Page.Locator("h1").First.WaitForAsync();
        await Assertions.Expect(Page.Locator(".skeleton")).ToHaveCountAsync(0);
    }

    /// <summary>Gives the page's one field for files a file, as soon as the page listens to it: that is a moment after it is drawn.</summary>
    public async Task ChooseFileAsync(FilePayload file)
    {
        await Page.WaitForFunctionAsync("() => document.querySelector('input[type=file]')?._blazorInputFileNextFileId !== undefined");
        await Page.Locator("input[type=file]").SetInputFilesAsync(file);
    }

    /// <summary>Signs in as a demo account by one click.</summary>
    public async Task SignInAsync(string email)
    {
        await Page.GotoAsync("/account/sign-in");
        if (DemoAccounts.All.All(a => a.Email != email))
        {
            // A colleague of those on the page.
            await SignInAsync(email, DemoAccounts.Password);
            return;
        }

        await Page.Locator($"button[value='{email}']").ClickAsync();
        await ReadyAsync();
    }

    /// <summary>Signs in with a password on the page that asks for it.</summary>
    public async Task SignInAsync(string email, string password)
    {
        await Page.GetByLabel("E-mail").First.FillAsync(email);
        await Page.GetByLabel("Password").First.FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await ReadyAsync();
    }

    /// <summary>Serious and critical findings of axe on the page as it is, one line each.</summary>
    /// <param name="only">The one rule to look for; null for all.</param>
    public async Task<IReadOnlyList<string>> AccessibilityFindingsAsync(string? only = null)
    {
        await Page.EvaluateAsync(Axe);
        var findings = await Page.EvaluateAsync<string[]>(Serious, only);
        return [.. findings.Select(f => $"{Page.Url} {f}")];
    }

    /// <summary>Changes to the other theme, in which the page then stays, and says what cannot be read in it: all else is the same in both.</summary>
    public async Task<IReadOnlyList<string>> OtherThemeFindingsAsync()
    {
        var scheme = await Page.EvaluateAsync<string>(OtherTheme);
        return [.. (await AccessibilityFindingsAsync("color-contrast")).Select(f => $"{scheme}: {f}")];
    }

    /// <summary>What is wrong with the page as it stands: no single heading, sideways scrolling, serious findings of axe; one line each.</summary>
    public async Task<IReadOnlyList<string>> FindingsAsync()
    {
        var findings = new List<string>();
        if (await Page.Locator("h1").CountAsync() != 1)
        {
            findings.Add($"{Page.Url} has not one heading");
        }

        return [.. findings, .. await SidewaysAsync(), .. await AccessibilityFindingsAsync()];
    }

    /// <summary>That the page scrolls sideways, if it does.</summary>
    public async Task<IReadOnlyList<string>> SidewaysAsync() => await Page.EvaluateAsync<bool>(Narrow) ? [] : [$"{Page.Url} scrolls sideways at {Page.ViewportSize?.Width}"];

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        Assert.True(_faults.IsEmpty, string.Join(Environment.NewLine, _faults));
    }
}
