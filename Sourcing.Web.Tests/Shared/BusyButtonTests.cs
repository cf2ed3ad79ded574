using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Sourcing.Data.Common;
using Sourcing.Web.Shared;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Shared;

public sealed class BusyButtonTests : IDisposable
{
    private readonly PageContext _page = new();

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task A_double_click_runs_once_and_the_button_works_again_afterwards()
    {
        var runs = 0;
        var slow = new TaskCompletionSource();
        var button = _page.Render<BusyButton>(p => p.Add(b => b.Text, "Award 2 suppliers").Add(b => b.Click, EventCallback.Factory.Create(this, () => { runs++; return slow.Task; })));
        var first = button.Find("button").ClickAsync(new MouseEventArgs());
        await button.Find("button").ClickAsync(new MouseEventArgs());
        Assert.Equal("true", button.Find("button").GetAttribute("aria-busy"));
        slow.SetResult();
        await first;
        Assert.Equal(1, runs);
        await button.Find("button").ClickAsync(new MouseEventArgs());
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task A_refusal_becomes_a_message_that_stays()
    {
        var button = _page.Render<BusyButton>(p => p.Add(b => b.Text, "Award").Add(b => b.Click, EventCallback.Factory.Create(this, () => throw new RefusedException("The deadline has passed."))));
        await button.Find("button").ClickAsync();
        var toast = Assert.Single(_page.Toasts.Open);
        Assert.Equal(("The deadline has passed.", true), (toast.Text, toast.Refusal));
        Assert.False(button.Find("button").HasAttribute("disabled"));
    }
}
