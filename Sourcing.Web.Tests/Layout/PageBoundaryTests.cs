using System.Text.RegularExpressions;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sourcing.Data.Common;
using Sourcing.Web.Layout;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Layout;

public sealed class PageBoundaryTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_fault_is_shown_as_a_sentence_with_an_id_that_the_log_knows_and_never_its_own_words()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var log = new Log();
        using var page = new PageContext(scope, new ServiceDescriptor(typeof(ILogger<PageBoundary>), log));
        var shown = Render(page, () => throw new InvalidOperationException("column secret_key does not exist"));

        Assert.Contains("Something went wrong", shown.Find("h1").TextContent, StringComparison.Ordinal);
        var id = Regex.Match(shown.Find("[role=alert]").TextContent, "the id ([0-9A-F]{8})").Groups[1].Value;
        Assert.Equal(8, id.Length);
        Assert.DoesNotContain("secret_key", shown.Markup, StringComparison.Ordinal);
        var (line, fault) = Assert.Single(log.Lines);
        Assert.Contains(id, line, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(fault);
    }

    [Fact]
    public async Task A_refusal_is_shown_in_its_own_words_without_an_id_and_trying_again_shows_the_page()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var log = new Log();
        using var page = new PageContext(scope, new ServiceDescriptor(typeof(ILogger<PageBoundary>), log));
        var refuses = true;
        var shown = Render(page, () =>
        {
            if (refuses)
            {
                throw new RefusedException("The RFQ was closed meanwhile.");
            }
        });
        Assert.Contains("The RFQ was closed meanwhile.", shown.Markup, StringComparison.Ordinal);
        Assert.Empty(shown.FindAll("[role=alert]"));
        Assert.Empty(log.Lines);

        refuses = false;
        await shown.InvokeAsync(() => shown.FindAll("button").Single(b => b.TextContent.Contains("Try again", StringComparison.Ordinal)).ClickAsync(new()));
        Assert.Equal("All is well", shown.Find("p").TextContent);
    }

    private static IRenderedComponent<PageBoundary> Render(PageContext page, Action before) =>
        page.Render<PageBoundary>(p => p.AddChildContent<Fragile>(f => f.Add(x => x.Before, before)));

    private sealed class Fragile : ComponentBase
    {
        [Parameter]
        public Action Before { get; set; } = () => { };

        protected override void OnParametersSet() => Before();

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) => builder.AddMarkupContent(0, "<p>All is well</p>");
    }

    private sealed class Log : ILogger<PageBoundary>
    {
        public List<(string Line, Exception? Fault)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add((formatter(state, exception), exception));
    }
}
