using Bunit;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Shared;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Shared;

public sealed class StateHuesTests
{
    public static TheoryData<Type> Types => [.. StateHues.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_value_of_a_registered_enum_has_a_colour(Type type) =>
        Assert.All(Enum.GetValues(type).Cast<Enum>(), value => Assert.True(StateHues.Has(value), $"{type.Name}.{value} has no colour in StateHues."));

    [Fact]
    public void A_pill_is_a_word_with_a_dot_in_its_colour()
    {
        using var page = new PageContext();
        var pill = page.Render<StatePill>(p => p.Add(s => s.Value, QuoteStatus.PartiallyAwarded)).Find(".pill");
        Assert.Equal("Partly awarded", pill.TextContent);
        Assert.Contains("hue-teal", pill.ClassName, StringComparison.Ordinal);
        Assert.Equal("true", pill.QuerySelector(".dot")!.GetAttribute("aria-hidden"));
    }
}
