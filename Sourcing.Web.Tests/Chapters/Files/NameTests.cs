using Sourcing.Data.Chapters.Files;
using static Sourcing.Web.Tests.Chapters.Files.MadeReport;

namespace Sourcing.Web.Tests.Chapters.Files;

public sealed class NameTests
{
    [Theory]
    [InlineData("  Anna   Berg ", "anna berg")]
    [InlineData("MR. Anna Berg", "anna berg")]
    [InlineData("Dr Prof Anna Berg", "prof anna berg")]
    [InlineData("Anna Berg, Jr.", "anna berg")]
    [InlineData("Anna Berg jr iii", "anna berg jr")]
    [InlineData("Zoe\u0308 Quist", "zoë quist")]
    [InlineData("Dr", "dr")]
    [InlineData("Jr. Iv", "jr.")]
    [InlineData("Drew Mrsic", "drew mrsic")]
    public void A_key_is_made_by_the_rule_and_no_further(string name, string key) => Assert.Equal(key, NameKey.Of(name));

    [Fact]
    public void Names_are_found_by_key_then_alias_then_without_accents_where_that_is_one_person()
    {
        var names = Context.Names;
        Assert.Equal(Member("José Pérez"), names.Find("JOSÉ  PÉREZ").Member);
        // Jose Perez is another member, and has the key itself.
        Assert.Equal(Member("Jose Perez"), names.Find("jose perez").Member);
        Assert.Equal(Member("Ben Carter"), names.Find("benny c.").Member);
        Assert.Equal(Member("Zoë Quist"), names.Find("Zoe Quist").Member);
        Assert.Equal(Member("Cora Díaz"), names.Find("Ms. Cora Diaz").Member);
        // One accent of two: neither key is this one, and without accents there are two.
        var two = names.Find("José Perez");
        Assert.Equal((PartyState.Ambiguous, 2), (two.State, two.Candidates!.Count));
        // A first name, a typing mistake, a turned name: questions.
        Assert.All(["Anna", "Ana Berg", "Berg Anna", "Berg, Anna"], n => Assert.Equal(PartyState.Unknown, names.Find(n).State));
        Assert.Equal(PartyState.Nobody, names.Find(" ").State);
    }

    [Fact]
    public void Two_members_of_one_name_are_a_question_and_an_answer_settles_it()
    {
        KnownName[] twins = [new(Id(1), "Anna Berg"), new(Id(2), "Anna Berg")];
        // Two of one name can meet each other: it is asked on both sides.
        Assert.Equal(["NAME_AMBIGUOUS", "NAME_AMBIGUOUS"], Xml(Slips, "Anna Berg|Anna Berg|One-to-One").Read(Context with { Names = new(twins) }).Codes());
        Assert.Equal(["NAME_AMBIGUOUS"], Xml(Slips, "Anna Berg||CEU|||#1").Read(Context with { Names = new(twins) }).Codes());
        var names = new NameBook(twins, decisions: [new("anna berg", Id(2)), new("Ike Jones", null, "Lakeside")]);
        var settled = Xml(Slips, "Anna Berg||CEU|||#1", "Ike  Jones|Anna Berg|One-to-One", "Ike Jones||CEU|||#1", "Ike Jones|Gil Harper|Visitor").Read(Context with { Names = names });
        Assert.Equal(Id(2), settled.Slips[0].From.Member);
        Assert.Equal((PartyState.External, "Lakeside"), (settled.Slips[1].From.State, settled.Slips[1].From.Chapter));
        // Education and visitors of somebody external have no home side.
        Assert.Equal([("BOTH_EXTERNAL", 4), ("BOTH_EXTERNAL", 5)], settled.Issues.Select(i => (i.CodeText, i.Row!.Value)));
    }
}
