using System.Net;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs.Sealing;

/// <summary>The public check, as anybody reaches it.</summary>
public sealed class CheckPageTests(WebApp app) : IClassFixture<WebApp>
{
    [Fact]
    public async Task Anybody_may_check_knows_nothing_by_guessing_and_is_stopped_when_it_goes_on()
    {
        var visitor = app.Visit();
        Assert.Contains("Number or hash of the receipt", await visitor.PageAsync("/check"), StringComparison.Ordinal);
        var answer = await visitor.PostAsync("/check", "check", [("Form.Wanted", "B-2222-2222-2222-2222")]);
        Assert.Contains("No bid was received under this number or hash", await answer.TextAsync(), StringComparison.Ordinal);
        answer = await visitor.PostAsync("/check", "check", [("Form.Wanted", "")]);
        Assert.Contains("Type the number or the hash", await answer.TextAsync(), StringComparison.Ordinal);
        for (var i = 0; i < 20 && answer.StatusCode == HttpStatusCode.OK; i++)
        {
            answer = await visitor.PostAsync("/check", "check", [("Form.Wanted", new string('a', 64))]);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
    }
}
