using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Tests.Chapters.Reckoning;

/// <summary>Contact spheres by the words of a classification.</summary>
public sealed class SphereTests
{
    [Theory]
    [InlineData("Architect", "Building and home")]
    [InlineData("Garden design", "Building and home")]
    [InlineData("Master  ELECTRICIAN", "Building and home")]
    [InlineData("Web design", "Marketing and media")]
    [InlineData("Employment law", "Money and law")]
    [InlineData("Tax adviser", "Money and law")]
    [InlineData("IT service", "Business services")]
    [InlineData("Physiotherapy", "Health and wellbeing")]
    [InlineData("Event planning", "Events and hospitality")]
    [InlineData("Car repair", "Mobility")]
    [InlineData("Lawn mowing", "")]
    [InlineData("Beekeeper", "")]
    [InlineData("", "")]
    public void The_words_tell_the_sphere(string classification, string sphere) => Assert.Equal(sphere, ContactSpheres.Of(classification));
}
