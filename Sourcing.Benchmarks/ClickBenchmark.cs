using System.Globalization;
using Microsoft.Playwright;

namespace Sourcing.Benchmarks;

/// <summary>
/// What a click on the board takes in a real browser, from the press to the first frame that shows its outcome, against an app that is
/// already running on the demo company. Other windows hold the same board open, so that the server keeps their circuits too.
/// </summary>
internal static class ClickBenchmark
{
    private const int Times = 60;

    public static async Task<int> RunAsync(string address, int others)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/google-chrome" }.First(File.Exists),
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        var page = await SignInAsync(browser, address, "mira.holsten@example.test");
        // At most eight pages of one person are open at a time.
        var company = new[] { "tarek.olsson", "ana.pinheda", "jonas.reker", "ines.morvan", "sven.adarsson" };
        for (var i = 0; i < Math.Min(others, company.Length * 6); i++)
        {
            await SignInAsync(browser, address, $"{company[i % company.Length]}@example.test");
        }

        Console.WriteLine($"{Math.Min(others, company.Length * 6)} other boards open, {Times} times each\n\n| click | p50 ms | p95 ms |\n| --- | --- | --- |");
        await MeasureAsync("a card's menu of moves", page, ".card-move", "document.querySelector('dialog[open], [role=dialog]')", async () =>
        {
            await page.Locator("[role=dialog] :focus").WaitForAsync();
            await page.Keyboard.PressAsync("Escape");
            await page.Locator("dialog[open], [role=dialog]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        });
        await MeasureAsync("from the board to the table, first rows shown", page, "a[href*='view=table']", "document.querySelector('table.grid tbody tr')", () => BoardAsync(page, address));
        await MeasureAsync("a card, its RFQ shown", page, ".card h3 a", "location.pathname.length > 20 && document.querySelector('h1') && !document.querySelector('.card, .skeleton')", () => BoardAsync(page, address));
        return 0;
    }

    private static async Task<IPage> SignInAsync(IBrowser browser, string address, string email)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = address, ViewportSize = new() { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/sign-in");
        await page.Locator($"button[value='{email}']").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.Ordinal));
        await BoardAsync(page, address);
        return page;
    }

    private static async Task BoardAsync(IPage page, string address)
    {
        await page.GotoAsync($"{address.TrimEnd('/')}/rfqs");
        await page.Locator(".card").First.WaitForAsync();
    }

    /// <summary>Presses inside the page and waits there, so that no time of the driver counts.</summary>
    private static async Task MeasureAsync(string what, IPage page, string press, string shown, Func<Task> back)
    {
        var times = new List<double>(Times);
        for (var i = 0; i < Times + 5; i++)
        {
            var took = await page.EvaluateAsync<double>(
                $$"""
                () => new Promise((done, fail) => {
                    const target = document.querySelector({{System.Text.Json.JsonSerializer.Serialize(press)}});
                    const end = setTimeout(() => fail(new Error('nothing came of the click')), 10000);
                    const start = performance.now();
                    const observer = new MutationObserver(() => {
                        if ({{shown}}) {
                            observer.disconnect();
                            clearTimeout(end);
                            requestAnimationFrame(() => done(performance.now() - start));
                        }
                    });
                    observer.observe(document.documentElement, { childList: true, subtree: true, attributes: true });
                    target.click();
                })
                """);
            if (i >= 5)
            {
                times.Add(took);
            }

            await back();
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {times[Times / 2]:0.0} | {times[(int)(Times * 0.95)]:0.0} |"));
    }
}
